// An app of notes whose changes are listened to, with rules of every kind.

import type { TestApp } from './app.ts'
import { type Events, eventsOf, type ServerEvent } from './events.ts'

export const notes = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Notes',
  settings: { auth: { entity: 'User' } },
  entities: {
    User: {
      fields: {
        email: { type: 'string', format: 'email', unique: true },
        name: { type: 'string' },
        role: { type: 'enum', options: ['user', 'admin'], default: 'user', update: "user.role == 'admin'" },
      },
      permissions: { read: 'authenticated' },
    },
    Team: {
      fields: { name: { type: 'string' }, members: { type: 'relation', to: 'User', many: true } },
      permissions: { create: true, read: true, update: true },
    },
    Note: {
      owner: 'createdBy',
      softDelete: true,
      fields: {
        title: { type: 'string', required: true },
        open: { type: 'boolean', default: false },
        score: { type: 'number' },
        tags: { type: 'string', many: true },
        more: { type: 'json' },
        draft: { type: 'text', read: 'owner' },
        createdBy: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: { create: 'authenticated', read: "owner || open || user.role == 'admin'", update: 'owner', delete: 'owner' },
    },
    Plan: {
      fields: { title: { type: 'string', required: true }, team: { type: 'relation', to: 'Team' } },
      permissions: { create: 'authenticated', read: 'team.members.some(m => m == user)', update: true, delete: true },
    },
    Club: {
      fields: { members: { type: 'relation', to: 'User', many: true } },
      permissions: { create: 'authenticated', read: 'members.some(m => m == user)', update: true },
    },
    Wall: {
      fields: { blocked: { type: 'relation', to: 'User', many: true } },
      permissions: { create: 'authenticated', read: true, delete: true },
    },
    Brick: {
      fields: { title: 'string', wall: { type: 'relation', to: 'Wall', onDelete: 'cascade' } },
      permissions: { create: 'authenticated', read: '!wall.blocked.some(b => b == user)', update: true, delete: true },
    },
    Post: {
      fields: { title: 'string', open: 'boolean' },
      permissions: { create: 'authenticated', read: 'authenticated || open' },
    },
  },
})
`

/** Listens, and takes the first event. */
export async function listenTo(
  app: TestApp,
  path: string,
  token?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Events & { readonly first: ServerEvent }> {
  const events = eventsOf(await app.stream(path, { token, headers }))
  return { ...events, first: await events.next() }
}

/** Until what was committed is told: changes of one row that come together are told as one. */
export const pause = (): Promise<void> => new Promise((later) => setTimeout(later, 40))
