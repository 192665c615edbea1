import { defineApp } from 'truthfile'

// What the tasks example has not: a rule that follows relations, a text to search, a relation worth expanding.
export default defineApp({
  name: 'Notes',
  entities: {
    User: {
      fields: {
        email: { type: 'string', required: true, unique: true, format: 'email' },
        name: { type: 'string', required: true, maxLength: 100 },
      },
      permissions: { read: 'authenticated' },
    },
    Team: {
      fields: {
        name: { type: 'string', required: true },
        lead: { type: 'relation', to: 'User', required: true },
      },
      permissions: { read: 'authenticated' },
    },
    Project: {
      fields: {
        name: { type: 'string', required: true },
        team: { type: 'relation', to: 'Team', required: true },
      },
      permissions: { read: 'authenticated' },
    },
    Ticket: {
      fields: {
        title: { type: 'string', required: true, maxLength: 200 },
        project: { type: 'relation', to: 'Project', required: true },
        createdBy: { type: 'relation', to: 'User', required: true, default: 'user' },
      },
      permissions: {
        read: 'owner || project.team.lead == user',
        update: 'project.team.lead == user',
      },
    },
    Note: {
      fields: {
        title: { type: 'string', required: true, maxLength: 200, searchable: true },
        project: { type: 'relation', to: 'Project', required: true },
        createdBy: { type: 'relation', to: 'User', required: true, default: 'user' },
      },
      permissions: { read: 'authenticated' },
    },
  },
})
