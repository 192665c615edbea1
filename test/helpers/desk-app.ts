// An app with hidden rows, hidden fields and relations of every kind: for tests that nothing of them shows.

import { statement } from '../../runtime/database/database.ts'
import { startApp, type TestApp } from './app.ts'

export const desk = `
import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Desk',
  entities: {
    User: {
      fields: {
        email: { type: 'string', required: true, unique: true, format: 'email', read: 'entity == user' },
        name: { type: 'string', required: true },
        role: { type: 'enum', options: ['chief', 'clerk'], default: 'clerk', update: "user.role == 'chief'" },
      },
      permissions: { read: 'authenticated', update: 'entity == user' },
    },
    Folder: {
      fields: {
        name: { type: 'string', required: true, searchable: true },
        secretCode: { type: 'string', secret: true },
        keeper: { type: 'relation', to: 'User', required: true, default: 'user' },
        files: { type: 'relation', to: 'File', many: true, inverse: 'folder' },
      },
      owner: 'keeper',
      permissions: { create: 'authenticated', read: "owner || user.role == 'chief'", update: 'owner', delete: 'owner' },
    },
    File: {
      fields: {
        title: { type: 'string', required: true, searchable: true },
        body: { type: 'text', searchable: true },
        budget: { type: 'number', read: "user.role == 'chief'" },
        note: { type: 'text', read: "user.role == 'chief'", searchable: true },
        pages: { type: 'integer' },
        folder: { type: 'relation', to: 'Folder' },
        author: { type: 'relation', to: 'User', required: true, default: 'user' },
        readers: { type: 'relation', to: 'User', many: true },
        closed: { type: 'boolean', default: false, required: true },
        day: { type: 'date' },
      },
      owner: 'author',
      permissions: {
        create: 'authenticated',
        read: "owner || user.role == 'chief' || user in readers",
        update: 'owner && !closed',
        delete: 'owner',
      },
      behaviors: {
        close: { set: { closed: true }, requires: 'owner && !closed' },
        stamp: { set: { pages: { expr: 'input.pages' } }, input: { pages: { type: 'integer', required: true } }, requires: 'owner && input.pages > 0' },
      },
      computed: { isLong: 'pages > 100' },
    },
  },
})
`

export type Person = { readonly id: string; readonly token: string }

export type World = {
  readonly app: TestApp
  readonly ann: Person
  readonly bob: Person
  readonly chief: Person
  /** Ann's, in her folder; Bob may read the file, not the folder. */
  readonly file: string
  readonly folder: string
}

let made = 0

/** Somebody who is signed in, without the time that a password takes. */
async function enter({ database, service }: TestApp, name: string, role: string): Promise<Person> {
  made += 1
  const id = `user${made}`
  const now = new Date().toISOString()
  const insert = statement(
    'INSERT INTO "User" ("id", "email", "name", "role", "createdAt", "updatedAt") VALUES (?1, ?2, ?3, ?4, ?5, ?5)',
  )
  const session = await database.transaction(async (tx) => {
    await tx.run(insert, [id, `${name.toLowerCase()}@example.com`, name, role, now])
    return service.accounts?.start(tx, id, now)
  })
  return { id, token: session?.token ?? '' }
}

/** Ann with a folder and two files, Bob and a chief. */
export async function startDesk(open?: Parameters<typeof startApp>[1]): Promise<World> {
  const app = await startApp(desk, open)
  const [ann, bob, chief] = [
    await enter(app, 'Ann', 'clerk'),
    await enter(app, 'Bob', 'clerk'),
    await enter(app, 'Chief', 'chief'),
  ]
  const make = async (path: string, body: object): Promise<string> => {
    const { body: row, status, text } = await app.send('POST', `/api/${path}`, body, ann)
    if (status !== 201) throw new Error(text)
    return row.id
  }
  const folder = await make('folders', { name: 'Plans' })
  const file = await make('files', { title: 'Roof', pages: 120, folder, readers: [bob.id], body: 'wood' })
  await make('files', { title: 'Cellar', pages: 3, folder })
  await app.set('File', file, { budget: 900, note: 'expensive' })
  return { app, ann, bob, chief, file, folder }
}
