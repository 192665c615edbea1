// Small worlds as real tables in memory: the columns that rules read, without the constraints of the app's own tables,
// since a rule must come out the same on values that those would not let in.

import type { Data } from '../../expr/agree/rows.ts'
import {
  bindParameters,
  type Context,
  type Expression,
  identifier,
  joinSql,
  renderSql,
  type Sql,
  sql,
} from '../../expr/index.ts'
import type { App, Entity } from '../truth/app.ts'
import { type Database, type Input, openDatabase, statement } from './database.ts'
import { columnOf, joinTableOf } from './records/guard.ts'
import { isStored, valueFromJson } from './records/row-json.ts'

export type SmallWorlds = {
  /** Puts other rows into the tables. */
  readonly fill: (data: Data) => Promise<void>
  /** The value and the decision of an expression for each row of an entity, by id. */
  readonly ask: (
    expression: Expression,
    entity: Entity,
    context: Pick<Context, 'user' | 'now'> & { readonly input: Readonly<Record<string, unknown>> },
  ) => Promise<ReadonlyMap<string, readonly [value: unknown, decision: boolean]>>
  readonly close: () => Promise<void>
}

const types: Readonly<Record<string, string>> = { integer: 'INTEGER', boolean: 'INTEGER', number: 'REAL' }

type Table = {
  readonly key: string
  readonly name: string
  readonly columns: readonly (readonly [string, string, Sql])[]
}

const member = sql`"value"`

function tablesOf(app: App): readonly Table[] {
  const text = (name: string): readonly [string, string, Sql] => [
    name,
    'TEXT',
    valueFromJson({ type: 'string', many: false }, member, [name]),
  ]
  return [...app.entities.values()].flatMap((entity): Table[] => {
    const stored = [...entity.fields.values()].filter(isStored).map((field): readonly [string, string, Sql] => {
      const type = field.many ? 'TEXT' : (types[field.type] ?? 'TEXT')
      return [field.name, type, valueFromJson(field, member, [field.name])]
    })
    const rows = {
      key: entity.name,
      name: entity.table,
      columns: entity.softDelete ? [...stored, text('deletedAt')] : stored,
    }
    const links = [...entity.fields.values()].flatMap((field) => {
      const table = joinTableOf(app, entity, field)
      const isOwn = table?.near === 'source'
      return isOwn
        ? [{ key: `${entity.name}.${field.name}`, name: table.name, columns: [text('source'), text('target')] }]
        : []
    })
    return [rows, ...links]
  })
}

const textOf = (part: Sql): string => renderSql(part).text

/** As a driver takes it. */
const asInput = (value: unknown): Input =>
  typeof value === 'number'
    ? { real: value }
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : (value as Input)

export async function openSmallWorlds(app: App): Promise<SmallWorlds> {
  const database: Database = await openDatabase({ url: ':memory:', durability: 'normal' })
  const tables = tablesOf(app)
  await database.script(
    tables.map(({ name, columns }) => {
      const all = columns.map(([column, type]) => `${textOf(identifier(column))} ${type}`)
      return `CREATE TABLE ${textOf(identifier(name))} (${all.join(', ')}) STRICT`
    }),
  )
  const kept = new Map(
    tables.map(({ key, name, columns }) => [
      key,
      {
        clear: statement(`DELETE FROM ${textOf(identifier(name))}`),
        insert: statement(
          `INSERT INTO ${textOf(identifier(name))} (${columns.map(([column]) => textOf(identifier(column))).join(', ')}) SELECT ${columns.map(([, , value]) => textOf(value)).join(', ')} FROM json_each(?1)`,
        ),
      },
    ]),
  )
  let full: readonly string[] = []
  return {
    fill: async (data) => {
      await database.transaction(async (tx) => {
        for (const key of full) await tx.run(kept.get(key)?.clear ?? statement('SELECT 1'), [])
        full = Object.keys(data).filter((key) => kept.has(key))
        for (const key of full) {
          const insert = kept.get(key)?.insert
          if (insert) await tx.run(insert, [JSON.stringify(data[key])])
        }
      })
    },
    ask: async (expression, entity, { user, now, input }) => {
      const rows = { next: (name: string): Sql => columnOf(entity, name) }
      const value = expression.toSql({ mode: 'value', ...rows })
      const decision = expression.toSql({ mode: 'decision', ...rows })
      const columns = joinSql([columnOf(entity, 'id'), value, sql`(${decision}) IS TRUE`], ', ')
      const { text, parameters } = renderSql(sql`SELECT ${columns} FROM ${identifier(entity.table)}`)
      const bound = bindParameters(parameters, { user, now, input })
      const found = await database.query(statement(text), bound.map(asInput))
      return new Map(found.map(([id, result, decided]) => [String(id), [result, decided === 1]]))
    },
    close: () => database.close(),
  }
}
