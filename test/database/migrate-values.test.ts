// Changes of a schema that are about values: unique ones where rows are deleted softly, and options with other names.

import { expect, test } from 'vitest'
import { applySchema } from '../../runtime/database/apply.ts'
import type { Database } from '../../runtime/database/database.ts'
import { describeEach, sharedKinds } from '../helpers/databases.ts'
import { app, apply, fields, read, rows } from './migrating.ts'
import type { Fields } from './refused-cases.ts'

describeEach(sharedKinds, (open) => {
  const start = async (): Promise<Database> => {
    const database = await open()
    await apply(database, app(fields))
    await database.script(rows)
    return database
  }

  test('unique values where rows are deleted softly: among those that are there', async () => {
    const database = await start()
    const soft = app(fields, { softDelete: true })
    expect(await apply(database, soft)).toEqual([
      'add column Task.deletedAt',
      'drop unique index Task(title)',
      'create unique index Task(title)',
    ])
    await database.script([
      `UPDATE "Task" SET "deletedAt" = '2026-01-01T00:00:00.000Z' WHERE "id" = '2'`,
      `INSERT INTO "Task" ("id", "title") VALUES ('3', '2.5')`,
    ])
    await expect(database.script([`INSERT INTO "Task" ("id", "title") VALUES ('4', '2.5')`])).rejects.toThrow('UNIQUE')
    expect(await apply(database, app({ ...fields, title: { required: true } }, { softDelete: true }))).toHaveLength(1)
    expect(await apply(database, soft)).toEqual(['create unique index Task(title)'])
    await database.script([`DELETE FROM "Task" WHERE "id" = '2'`])
    expect(await apply(database, app(fields))).toContain('create unique index Task(title)')
    await expect(database.script([`INSERT INTO "Task" ("id", "title") VALUES ('4', '2.5')`])).rejects.toThrow('UNIQUE')
  })

  test.each([
    [
      '',
      {},
      [
        ['1', 'open', '["open","open","shut"]'],
        ['2', null, null],
      ],
    ],
    [
      ' beside another name of the field',
      { renamedFrom: 'state' },
      [
        ['1', 'open', null],
        ['2', null, null],
      ],
    ],
  ] as const)('for options with other names%s', async (_what, more, rows) => {
    const database = await open()
    const states = { type: 'enum', options: ['new', 'begun', 'shut'] } as const
    await apply(database, app({ state: states, all: { ...states, many: true } }))
    await database.script([
      `INSERT INTO "Task" ("id", "state", "all") VALUES ('1', 'new', '["new","begun","shut"]'), ('2', NULL, NULL)`,
    ])
    const renamedOptions = new Map([
      ['new', 'open'],
      ['begun', 'open'],
      ['older', 'shut'],
    ])
    const now = { type: 'enum', options: ['shut', 'open'], renamedOptions, required: false } as const
    const moved = 'renamedFrom' in more
    const wanted: Fields = moved ? { phase: { ...now, ...more } } : { state: now, all: { ...now, many: true } }
    await apply(database, app(wanted))
    const columns = moved ? '"phase", NULL' : '"state", "all"'
    expect(await read(database, `SELECT "id", ${columns} FROM "Task" ORDER BY "id"`)).toEqual(rows)
  })

  test('a text that becomes an enum has its options by their new names', async () => {
    const database = await open()
    await apply(database, app({ state: {} }))
    await database.script([`INSERT INTO "Task" ("id", "state") VALUES ('1', 'shut'), ('2', 'old'), ('3', NULL)`])
    const state = { type: 'enum', options: ['open', 'shut'], renamedOptions: new Map([['old', 'open']]) } as const
    await apply(database, app({ state }))
    expect(await read(database, 'SELECT "id", "state" FROM "Task" ORDER BY "id"')).toEqual([
      ['1', 'shut'],
      ['2', 'open'],
      ['3', null],
    ])
  })

  test('an option with another name does not save those that have none', async () => {
    const database = await start()
    const state = { type: 'enum', options: ['closed'], renamedOptions: new Map([['shut', 'closed']]) } as const
    const refused = await applySchema(database, app({ ...fields, state }))
    expect(refused).toMatchObject({
      refused: [{ message: expect.stringContaining('cannot hold the values of 1 row') }],
    })
  })
})
