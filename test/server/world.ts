// A small app for the tests of features; `rule` is the permission to read a task, as written in the file.

export const file = 'app.truth.ts'
export const app = (rule: string, rest = ''): string => `export default defineApp({
  name: 'World',
  entities: {
    User: { fields: { email: 'string', role: { type: 'enum', options: ['admin', 'user'], update: "user.role == 'admin'" } }, permissions: { read: 'authenticated' } },
    Task: {
      fields: {
        title: { type: 'string', required: true, description: 'What is to be done.' },
        status: { type: 'enum', options: ['todo', 'done'], default: 'todo' },
        due: 'date',
        createdBy: { type: 'relation', to: 'User' },
        team: { type: 'relation', to: 'Team' },
      },
      permissions: { read: ${rule} },
      behaviors: { finish: { set: { status: 'done' }, requires: "owner && status != 'done'", emits: 'task.done' } },
    },
    Team: { fields: { members: { type: 'relation', to: 'User', many: true } }, permissions: { read: 'authenticated' } },${rest}
  },
  views: { Board: { type: 'kanban', route: '/b', entity: 'Task', groupBy: 'status' } },
})
`
