// From any model with data to any other: its schema exactly, and every value that it can hold.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applySchema } from '../../runtime/database/apply.ts'
import { type Database, type Input, openDatabase, statement } from '../../runtime/database/database.ts'
import { readSchema } from '../../runtime/database/read-schema.ts'
import { plainCondition } from '../../runtime/database/table-text.ts'
import { startHrana } from '../helpers/hrana.ts'
import { type SmallField, smallApp } from '../helpers/small-app.ts'
import { type Data, dataOf, firstModel, type Model, nextModel, type Row } from './migrate-models.ts'
import { held } from './migrate-oracle.ts'

const quote = (name: string): string => `"${name}"`

/** As the API stores it. */
function stored(field: SmallField, value: unknown): Input {
  if (value === null || value === undefined) return null
  return field.type === 'json' || field.many ? JSON.stringify(value) : (value as Input)
}

const isLinks = ({ to, many }: SmallField): boolean => to !== undefined && many === true

async function fill(database: Database, model: Model, data: Data): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.run(statement('PRAGMA defer_foreign_keys = ON'), [])
    for (const [name, { fields }] of Object.entries(model)) {
      const columns = Object.keys(fields).filter((field) => !isLinks(fields[field]!))
      for (const { id, values } of data[name]!) {
        const names = ['id', ...columns].map(quote).join(', ')
        const slots = ['id', ...columns].map((_, index) => `?${index + 1}`).join(', ')
        const insert = statement(`INSERT INTO ${quote(name)} (${names}) VALUES (${slots})`)
        await tx.run(insert, [id, ...columns.map((column) => stored(fields[column]!, values[column]))])
        for (const [field, given] of Object.entries(values)) {
          if (!isLinks(fields[field]!)) continue
          const link = statement(`INSERT INTO ${quote(`${name}.${field}`)} VALUES (?1, ?2)`)
          for (const target of given as string[]) await tx.run(link, [id, target])
        }
      }
    }
  })
}

/** A schema without the texts in which it was written and the presets of added columns. */
async function schemaOf(database: Database): Promise<unknown> {
  const found = await readSchema(database.query)
  return [...found.values()].map(({ name, strict, columns, indexes }) => ({
    name,
    strict,
    columns: columns.map((column) => ({ ...column, default: null })).sort((a, b) => a.name.localeCompare(b.name)),
    indexes: indexes.map(({ name: index, columns: over, unique }) => ({ index, over, unique })),
  }))
}

async function everything(database: Database): Promise<string> {
  const tables = await database.query(statement('SELECT "name", "sql" FROM "sqlite_schema" ORDER BY "name"'), [])
  const parts: unknown[] = []
  for (const [name, sql] of tables)
    parts.push(
      name,
      sql,
      String(sql).startsWith('CREATE TABLE') &&
        (await database.query(statement(`SELECT * FROM ${quote(String(name))}`), [])),
    )
  return JSON.stringify(parts)
}

type Expected = { readonly [entity: string]: readonly { readonly id: string; readonly [field: string]: unknown }[] }

function expectedRows(first: Model, data: Data, next: Model): Expected {
  const formerly = (name: string): string => next[name]?.renamedFrom ?? name
  const ids = (name: string): Set<string> => new Set((data[formerly(name)] ?? []).map(({ id }) => id))
  const valueIn = (row: Row, was: Model[string], name: string, field: SmallField): unknown => {
    const formerName = field.renamedFrom ?? name
    const before = was.fields[formerName]
    const value = before === undefined ? null : row.values[formerName]
    const preset = field.default?.kind === 'value' ? field.default.value : undefined
    if (field.to !== undefined) {
      const there = ids(field.to)
      const isRelation = before?.to !== undefined
      // A list, or JSON, leads nowhere; a text may be an id.
      const led = (Array.isArray(value) ? (isRelation ? value : []) : [value]).filter((id) => there.has(id as string))
      const links = isRelation || !field.many ? led.sort() : []
      return field.many ? links : (links[0] ?? null)
    }
    if (before === undefined) return preset ?? null
    if (before.to !== undefined && before.many) return preset ?? null
    const kept = value === null ? undefined : held(value, before.to === undefined ? before : { type: 'text' }, field)
    return kept ?? (field.required ? (preset ?? null) : null)
  }
  return Object.fromEntries(
    Object.entries(next).map(([name, { fields }]) => {
      const was = first[formerly(name)]
      const rows = was ? data[formerly(name)]! : []
      return [
        name,
        rows.map((row) => ({
          id: row.id,
          ...Object.fromEntries(Object.keys(fields).map((field) => [field, valueIn(row, was!, field, fields[field]!)])),
        })),
      ]
    }),
  )
}

function shown(field: SmallField, value: unknown): unknown {
  if (value === null) return null
  if (field.type === 'boolean' && !field.many) return value === 1
  return field.type === 'json' || (field.many && field.to === undefined) ? JSON.parse(String(value)) : value
}

async function foundRows(database: Database, model: Model): Promise<Expected> {
  const all: Record<string, { id: string; [field: string]: unknown }[]> = {}
  for (const [name, { fields }] of Object.entries(model)) {
    const names = Object.keys(fields)
    const columns = names.map((field) =>
      isLinks(fields[field]!)
        ? `(SELECT json_group_array("target") FROM (SELECT "target" FROM ${quote(`${name}.${field}`)} WHERE "source" = "id" ORDER BY 1))`
        : quote(field),
    )
    const rows = await database.query(
      statement(`SELECT "id"${columns.map((column) => `, ${column}`).join('')} FROM ${quote(name)} ORDER BY "id"`),
      [],
    )
    all[name] = rows.map(([id, ...values]) => ({
      id: String(id),
      ...Object.fromEntries(
        names.map((field, index) => [
          field,
          isLinks(fields[field]!) ? JSON.parse(String(values[index])) : shown(fields[field]!, values[index] ?? null),
        ]),
      ),
    }))
  }
  return all
}

type Scenario = [Model, Data, Model]

const scenario = firstModel.chain((first) => fc.tuple(fc.constant(first), dataOf(first), nextModel(first)))

/** What `--allow-data-loss` does not permit, since nothing but a change of the app or of the rows helps. */
const needed = /is required now, but|must be unique now, but/

async function check(open: () => Promise<Database>, [first, data, next]: Scenario): Promise<'done' | 'refused'> {
  const database = await open()
  const fresh = await openDatabase({ url: ':memory:', durability: 'normal' })
  try {
    await applySchema(database, smallApp(first))
    // Rows that the first model itself refuses are no case.
    try {
      await fill(database, first, data)
    } catch (error) {
      expect(error).toMatchObject({ kind: 'unique' })
      return 'refused'
    }
    const was = await everything(database)
    const applied = await applySchema(database, smallApp(next), { allowDataLoss: true })
    if ('refused' in applied) {
      for (const { message } of applied.refused) expect(message).toMatch(needed)
      expect(await everything(database)).toBe(was)
      return 'refused'
    }
    await applySchema(fresh, smallApp(next))
    expect(await schemaOf(database)).toEqual(await schemaOf(fresh))
    expect(await foundRows(database, next)).toEqual(expectedRows(first, data, next))
    const faults = statement(
      'SELECT (SELECT count(*) FROM pragma_foreign_key_check), (SELECT group_concat("integrity_check") FROM pragma_integrity_check)',
    )
    expect(await database.query(faults, [])).toEqual([[0, 'ok']])
    expect(await applySchema(database, smallApp(next))).toEqual({ changes: [], notes: [] })
    return 'done'
  } finally {
    await database.close()
    await fresh.close()
  }
}

const runs = Number(process.env.TRUTH_MODELS ?? 24)

/** Whether each value of the fields that the next model has too can be held there. */
function losesNothing(first: Model, data: Data, next: Model): boolean {
  const fits = (was: SmallField | undefined, field: SmallField, value: unknown): boolean => {
    if (!was || was.to !== undefined || field.to !== undefined || value === null) return true
    const kept = held(value, was, field)
    return kept !== undefined && (!Array.isArray(value) || !Array.isArray(kept) || kept.length === value.length)
  }
  return Object.entries(next).every(([name, { fields, renamedFrom = name }]) =>
    (first[renamedFrom] ? data[renamedFrom]! : []).every(({ values }) =>
      Object.entries(fields).every(([field, given]) => {
        const former = given.renamedFrom ?? field
        return fits(first[renamedFrom]!.fields[former], given, values[former] ?? null)
      }),
    ),
  )
}

test('without permission nothing is lost: it is refused, or every value is there', async () => {
  const outcomes = { done: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(scenario, async ([first, data, next]) => {
      const database = await openDatabase({ url: ':memory:', durability: 'normal' })
      try {
        await applySchema(database, smallApp(first))
        const filled = await fill(database, first, data).then(
          () => true,
          () => false,
        )
        if (!filled) return
        const was = await everything(database)
        const applied = await applySchema(database, smallApp(next))
        outcomes['refused' in applied ? 'refused' : 'done'] += 1
        if ('refused' in applied) expect(await everything(database)).toBe(was)
        else {
          expect(losesNothing(first, data, next)).toBe(true)
          expect(await foundRows(database, next)).toEqual(expectedRows(first, data, next))
          expect(await applySchema(database, smallApp(next))).toMatchObject({ changes: [] })
        }
      } finally {
        await database.close()
      }
    }),
    { numRuns: runs },
  )
  expect(Math.min(outcomes.done, outcomes.refused)).toBeGreaterThan(0)
}, 120_000)

test('embedded: any model becomes any other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'truth-models-'))
  const outcomes = { done: 0, refused: 0 }
  let count = 0
  const open = (): Promise<Database> => {
    count += 1
    return openDatabase({ url: join(folder, `${count}.db`), durability: 'normal' })
  }
  const run = async (given: Scenario): Promise<void> => {
    const outcome = await check(open, given)
    outcomes[outcome] += 1
  }
  try {
    await fc.assert(fc.asyncProperty(scenario, run), { numRuns: runs })
    expect(outcomes.done).toBeGreaterThan(outcomes.refused)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)

test('remote: any model becomes any other', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const server = await startHrana()
      try {
        await check(() => openDatabase({ url: server.url, durability: 'normal' }), given)
      } finally {
        await server.stop()
      }
    }),
    { numRuns: Math.ceil(runs / 8) },
  )
}, 120_000)

test('conditions are compared whatever way they are written', () => {
  expect(plainCondition(`"A"  IN\n(1,2) -- no`)).toBe(plainCondition('[a] in ( 1, 2 )'))
  expect(plainCondition(`"a" = 'B'`)).not.toBe(plainCondition(`"a" = 'b'`))
})
