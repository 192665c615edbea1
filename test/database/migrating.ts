// What the tests of migrations begin with: an app, its rows, and a way to bring a database to another app.

import { expect } from 'vitest'
import { type ApplyOptions, applySchema } from '../../runtime/database/apply.ts'
import { type Database, statement } from '../../runtime/database/database.ts'
import type { App } from '../../runtime/truth/app.ts'
import { type SmallEntity, smallApp } from '../helpers/small-app.ts'
import { type Fields, users } from './refused-cases.ts'

export const read = (database: Database, text: string): Promise<unknown> => database.query(statement(text), [])

/** Applies, looks that nothing is left to do and that every reference leads somewhere; gives what was done. */
export async function apply(database: Database, app: App, options: ApplyOptions = {}): Promise<readonly string[]> {
  const applied = await applySchema(database, app, options)
  if ('refused' in applied) throw new Error(JSON.stringify(applied.refused))
  expect(await applySchema(database, app, options)).toMatchObject({ changes: [] })
  expect(await read(database, 'SELECT count(*) FROM pragma_foreign_key_check')).toEqual([[0]])
  return applied.changes
}

export const fields: Fields = {
  title: { required: true, unique: true },
  count: { type: 'integer', index: true },
  state: { type: 'enum', options: ['open', 'shut'] },
  of: { to: 'User', onDelete: 'cascade' },
  up: { to: 'Task' },
  tags: { to: 'Tag', many: true },
}
export const app = (task: Fields, more: Partial<SmallEntity> = {}): App =>
  smallApp({ User: users, Tag: users, Task: { fields: task, ...more } })

export const rows = [
  `INSERT INTO "User" VALUES ('u')`,
  `INSERT INTO "Tag" VALUES ('g'), ('h')`,
  `INSERT INTO "Task" ("id", "title", "count", "state", "of", "up") VALUES ('1', '10', 5, 'open', 'u', NULL), ('2', '2.5', NULL, NULL, NULL, '1')`,
  `INSERT INTO "Task.tags" VALUES ('1', 'g'), ('1', 'h')`,
]
