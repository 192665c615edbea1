// The agreement check of rules: puts the small world of each into tables in memory, asks SQLite, and compares with what
// closures and generated source say. Used by `truth check` and by tests; a served app never comes here.

import {
  type Answer,
  type Asker,
  type Context,
  type Disagreement,
  type Expression,
  findDisagreement,
  identifier,
  joinSql,
  type Schema,
  type Scope,
  type SmallWorld,
  type Sql,
  smallWorld,
  sourceHelpers,
  sql,
} from '../../expr/index.ts'
import { type Connection, openConnection } from './connection.ts'
import { memoryPlace } from './place.ts'
import { caseTable, fillTables, type ProvingTables, type Side, sides, sideTable, tablesFor } from './prove-tables.ts'
import { inputsOf, planOf } from './records/plan.ts'

export type Proof = {
  /** Undefined when all agree. */
  readonly disagreement: Disagreement | undefined
  /** Rows times askers. */
  readonly questions: number
  /** Whether that was every combination, and not a sample of them. */
  readonly isWhole: boolean
}

export type Prover = {
  /** `sqlOf` is for tests that want to see it fail: an expression to be asked of SQL in place of the rule itself. */
  readonly prove: (rule: Expression, scope: Scope, sqlOf?: Expression) => Proof
  readonly close: () => void
}

/** Opens the one database in which all rules of a schema are tried. Throws the driver's error. */
export function openProver(schema: Schema): Prover {
  const place = memoryPlace()
  const connection = openConnection(place.path, 'OFF', 'write')
  const tables = tablesFor(connection, schema)
  return {
    prove: (rule, scope, sqlOf = rule) => {
      const world = smallWorld(rule, scope)
      const source = { decide: run(rule.toSource()), value: run(rule.toSource({ mode: 'value' })) }
      const filled = fillTables(tables, scope.entity, world)
      try {
        const disagreement = findDisagreement(rule, world, {
          source,
          sql: asking(connection, tables, sqlOf, scope, world),
        })
        return { disagreement, questions: world.cases.length * world.askers.length, isWhole: world.isWhole }
      } finally {
        filled.empty()
      }
    },
    close: () => {
      connection.close()
      place.leave()
    },
  }
}

/** SECURITY: the text is what our own compiler wrote, and nothing that is served is made in this way. */
const run = (code: string): ((context: Context) => unknown) => new Function('truth', `return ${code}`)(sourceHelpers)

/** Asks SQLite one statement an asker, over all rows at once. */
function asking(
  connection: Connection,
  tables: ProvingTables,
  rule: Expression,
  scope: Scope,
  world: SmallWorld,
): (asker: Asker) => readonly Answer[] {
  const isCondition = rule.type.kind === 'boolean'
  const rowOf = (side: Side) => (field: string) =>
    sql`${identifier(sideTable(side, scope.entity))}.${identifier(field)}`
  const beside = { next: rowOf('next'), previous: rowOf('previous'), event: rowOf('event') }
  const value = rule.toSql({ mode: 'value', ...beside })
  const from = rowsInScope(tables, scope, world)
  // PERF: one text of two digits a row, since each value that the driver hands over costs about a microsecond.
  const whole = isCondition
    ? sql`SELECT group_concat(answer, '') FROM (SELECT coalesce(${value}, 2) || ((${rule.toSql(beside)}) IS TRUE) AS answer FROM ${from})`
    : sql`SELECT ${value} FROM ${from}`
  const plan = planOf(whole)
  return ({ user, input }) => {
    const found = connection.run(plan.statement, inputsOf(plan, { user, input, now: world.now }))
    return isCondition ? decoded(String(found[0]?.[0])) : found.map(([each]) => ({ value: each }))
  }
}

const worth: Readonly<Record<string, unknown>> = { '0': false, '1': true, '2': null }

const decoded = (digits: string): readonly Answer[] =>
  Array.from({ length: digits.length / 2 }, (_, at) => ({
    value: worth[digits[2 * at]!],
    decision: digits[2 * at + 1] === '1',
  }))

/** The cases in their order, with the row, under the name of its own table, and what comes beside it. */
function rowsInScope({ nameOf }: ProvingTables, { entity }: Scope, { cases }: SmallWorld): Sql {
  const order = identifier(caseTable)
  const joins = sides
    .filter((side) => cases.some((one) => one[side]))
    .map((side) => {
      const table = sideTable(side, entity)
      const name = identifier(side === 'entity' && entity !== undefined ? nameOf(entity) : table)
      return sql`LEFT JOIN ${identifier(table)} AS ${name} ON ${name}."case" = ${order}."case"`
    })
  return sql`${joinSql([order, ...joins], ' ')} ORDER BY ${order}."at"`
}
