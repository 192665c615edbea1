import { defineEntity } from 'truthfile'

/** Whoever signs in. */
export const User = defineEntity({
  fields: {
    email: { type: 'string', required: true, unique: true, format: 'email' },
    name: { type: 'string', required: true, maxLength: 100 },
    role: { type: 'enum', options: ['admin', 'manager', 'agent'], default: 'agent', update: "user.role == 'admin'" },
    active: { type: 'boolean', required: true, default: true, update: "user.role == 'admin'" },
    memberships: { type: 'relation', to: 'Membership', many: true, inverse: 'member' },
  },
  permissions: { read: 'authenticated', update: "user.role == 'admin' || entity == user" },
  ui: { display: { primary: 'name', badge: 'role' }, list: { columns: ['name', 'email', 'role', 'active'] } },
})

export const Team = defineEntity({
  owner: 'lead',
  fields: {
    name: { type: 'string', required: true, unique: true, maxLength: 80 },
    lead: { type: 'relation', to: 'User', required: true, default: 'user' },
    members: { type: 'relation', to: 'Membership', many: true, inverse: 'team' },
  },
  permissions: {
    create: "user.role in ['admin', 'manager']",
    read: 'authenticated',
    update: "owner || user.role == 'admin'",
    delete: "user.role == 'admin'",
  },
})

export const Membership = defineEntity({
  fields: {
    team: { type: 'relation', to: 'Team', required: true, onDelete: 'cascade', immutable: true },
    member: { type: 'relation', to: 'User', required: true, onDelete: 'cascade', immutable: true },
    role: { type: 'enum', options: ['viewer', 'editor'], required: true, default: 'editor' },
  },
  unique: [['team', 'member']],
  permissions: {
    create: "entity.team.lead == user || user.role == 'admin'",
    read: "member == user || team.members.some(m => m.member == user) || team.lead == user || user.role == 'admin'",
    update: "team.lead == user || user.role == 'admin'",
    delete: "member == user || team.lead == user || user.role == 'admin'",
  },
  ui: { list: { columns: ['team', 'member', 'role'] } },
})
