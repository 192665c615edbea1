// The built command migrating: what it shows, what it does, what it refuses, and its exit codes.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../runtime/database/database.ts'

const command = new URL('../../dist/truth.js', import.meta.url).pathname
let folder: string

const save = (fields: string): void =>
  writeFileSync(
    join(folder, 'app.truth.ts'),
    `export default { name: 'Notes', entities: { Note: { fields: { ${fields} }, permissions: { read: true } } } }\n`,
  )

function migrate(...args: readonly string[]): { readonly status: number | null; readonly out: string } {
  const env = { ...process.env, NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'migrate', ...args], {
    encoding: 'utf8',
    env,
  })
  return { status, out: stdout + stderr }
}

async function addNote(title: string): Promise<void> {
  const database = await openDatabase({ url: join(folder, '.truth/app.db'), durability: 'normal' })
  await database.script([
    `INSERT INTO "Note" ("id", "title", "createdAt", "updatedAt") VALUES ('${title}', '${title}', '', '')`,
  ])
  await database.close()
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'truth-migrate-'))
  save(`title: 'string'`)
})
afterEach(() => rmSync(folder, { recursive: true }))

test('plan shows the SQL and leaves no file; apply does it; status tells', async () => {
  const plan = migrate('plan', folder)
  expect(plan).toMatchObject({
    status: 0,
    out: expect.stringContaining('create table Note\n    CREATE TABLE "Note" ('),
  })
  expect(existsSync(join(folder, '.truth'))).toBe(false)
  expect(migrate('status', folder)).toMatchObject({
    status: 1,
    out: expect.stringContaining('to do create table Note'),
  })
  expect(migrate('apply', folder)).toMatchObject({ status: 0, out: expect.stringContaining('done create table Note') })
  expect(migrate('plan', folder)).toEqual({ status: 0, out: 'The database is as the app wants it.\n' })
  const status = migrate('status', folder, '--json')
  expect(status.status).toBe(0)
  const { applied, pending } = JSON.parse(status.out)
  expect(pending).toEqual([])
  expect(applied).toMatchObject([{ by: expect.stringContaining('truth migrate apply, ') }])
})

test('what would lose data is refused with its rows, and done where it is permitted', async () => {
  migrate('apply', folder)
  await addNote('one')
  save(`title: 'integer'`)
  const refused = 'Note.title is a whole number now, which cannot hold the values of 1 row.'
  expect(migrate('plan', folder)).toMatchObject({ status: 1, out: expect.stringContaining(refused) })
  expect(migrate('apply', folder)).toMatchObject({ status: 1, out: expect.stringContaining('--allow-data-loss') })
  expect(migrate('apply', folder, '--allow-data-loss')).toEqual({
    status: 0,
    out: 'done rebuild table Note: change column title\n',
  })
})

test('wrong usage, and a faulty app', () => {
  expect(migrate('undo', folder)).toMatchObject({ status: 2, out: expect.stringContaining('plan, apply, status') })
  save(`title: 'sting'`)
  expect(migrate('plan', folder)).toMatchObject({ status: 1, out: expect.stringContaining('Unknown field type') })
})
