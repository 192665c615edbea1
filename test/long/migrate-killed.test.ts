// Killed at every statement of a migration: the database is the old one or the new one, whole, and never between.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applySchema } from '../../runtime/database/apply.ts'
import { openDatabase, statement } from '../../runtime/database/database.ts'
import { type Built, builtHelper } from '../helpers/built.ts'
import { firstApp, nextApp } from '../helpers/migrating-apps.ts'

let program: Built
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'truth-killed-'))
  program = await builtHelper('migrating-process.ts')
})

afterAll(() => {
  program.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function everything(path: string): Promise<string> {
  const database = await openDatabase({ url: path, durability: 'normal' })
  const parts: unknown[] = []
  const tables = await database.query(
    statement(`SELECT "name", "sql" FROM "sqlite_schema" WHERE "sql" IS NOT NULL ORDER BY "name"`),
    [],
  )
  for (const [name, sql] of tables) {
    parts.push(name, sql)
    if (String(sql).startsWith('CREATE TABLE') && name !== '_truth_migrations')
      parts.push(await database.query(statement(`SELECT * FROM "${name}"`), []))
  }
  expect(await database.query(statement('PRAGMA integrity_check'), [])).toEqual([['ok']])
  await database.close()
  return JSON.stringify(parts)
}

test('kill -9 at every statement leaves the old or the new', async () => {
  const start = join(folder, 'start.db')
  const database = await openDatabase({ url: start, durability: 'normal' })
  await applySchema(database, firstApp)
  const rows = Array.from({ length: 50 }, (_, index) => `('t${index}', 'title ${index}', 'u', ${index})`)
  await database.script([
    `INSERT INTO "User" VALUES ('u', 'Ann')`,
    `INSERT INTO "Task" ("id", "title", "of", "count") VALUES ${rows.join(', ')}`,
  ])
  await database.close()
  const old = await everything(start)
  const wanted = join(folder, 'wanted.db')
  copyFileSync(start, wanted)
  const straight = await openDatabase({ url: wanted, durability: 'normal' })
  await applySchema(straight, nextApp)
  await straight.close()
  const next = await everything(wanted)
  expect(next).not.toBe(old)

  let kills = 0
  for (let killAt = 1; ; killAt += 1) {
    const path = join(folder, `${killAt}.db`)
    copyFileSync(start, path)
    const { stdout, stderr, signal } = spawnSync(process.execPath, [program.file, path, String(killAt)], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    const found = await everything(path)
    if (signal === null) {
      expect([stdout, found]).toEqual(['done\n', next])
      break
    }
    kills += 1
    expect(found).toBe(old)
    // And it can be done afterwards.
    if (killAt % 5 !== 0) continue
    const again = await openDatabase({ url: path, durability: 'normal' })
    await applySchema(again, nextApp)
    await again.close()
    expect(await everything(path)).toBe(next)
  }
  expect(kills).toBeGreaterThan(20)
}, 60_000)
