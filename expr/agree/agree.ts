// Whether all that is compiled from one rule answers alike in its small world: the closure, against the generated
// source, the residual and SQL. What runs source and SQL is handed in, since this room has neither.

import type { Context } from '../closure/context.ts'
import type { Expression } from '../compile.ts'
import { formatDate, formatInstant } from '../dates.ts'
import type { Type } from '../types.ts'
import type { Asker, Case, SmallWorld } from './world.ts'

/** What a rule is worth for a row: true, false or null for unknown, or the value; and whether it grants. */
export type Answer = { readonly value: unknown; readonly decision?: boolean }

export type Answering = {
  /** The functions of `toSource()` in either mode. */
  readonly source: {
    readonly decide: (context: Context) => unknown
    readonly value: (context: Context) => unknown
  }
  /** The answers of SQL to one asker, in the order of the world's cases. */
  readonly sql: (asker: Asker) => readonly Answer[]
}

export type Disagreement = {
  readonly between: 'source' | 'residual' | 'SQL'
  /** What the closure says. */
  readonly closure: Answer
  readonly other: Answer
  readonly asker: Asker
  readonly case: Case
}

/** Where one of them first answers otherwise than the closure; undefined when all agree. */
export function findDisagreement(
  expression: Expression,
  world: SmallWorld,
  { source, sql }: Answering,
): Disagreement | undefined {
  const isCondition = expression.type.kind === 'boolean'
  const presented = presenterOf(expression.type)
  const comparable = comparableOf(expression.type)
  for (const asker of world.askers) {
    const inSql = sql(asker)
    const left = isCondition ? residualOf(expression, world, asker) : undefined
    for (const [index, one] of world.cases.entries()) {
      const context = contextOf(world, asker, one)
      const value = comparable(expression.value(context))
      const decision = isCondition ? expression.evaluate(context) : undefined
      const found = (between: Disagreement['between'], other: Answer): Disagreement | undefined =>
        Object.is(other.value, value) && other.decision === decision
          ? undefined
          : { between, closure: answerOf(value, decision), other, asker, case: one }
      const told = source.value(context)
      const fault =
        found(
          'source',
          answerOf(comparable(presented(told)), isCondition ? source.decide(context) === true : undefined),
        ) ??
        (left && found('residual', { value, decision: left(context) })) ??
        found('SQL', answerOf(comparable(inSql[index]?.value), inSql[index]?.decision))
      if (fault) return fault
    }
  }
  return undefined
}

const answerOf = (value: unknown, decision: boolean | undefined): Answer =>
  decision === undefined ? { value } : { value, decision }

/** The decision of what is left once the user is known, checked against what `verdict` says of it. */
function residualOf(expression: Expression, { now }: SmallWorld, { user }: Asker): (context: Context) => boolean {
  const left = expression.residual({ user, now })
  const verdict = expression.verdict({ user, now })
  if (typeof left === 'boolean') return () => (verdict === undefined || verdict === left ? left : verdict)
  return (context) => verdict ?? left.evaluate(context)
}

export const contextOf = ({ now, rows }: SmallWorld, { user, input }: Asker, one: Case): Context => ({
  user,
  input,
  now,
  rows,
  ...(one.entity && { entity: one.entity }),
  ...(one.next && { next: one.next }),
  ...(one.previous !== undefined && { previous: one.previous }),
  ...(one.event && { event: one.event }),
})

/** Generated source leaves dates in milliseconds. */
function presenterOf({ kind }: Type): (value: unknown) => unknown {
  if (kind !== 'date' && kind !== 'datetime') return (value) => value
  const format = kind === 'date' ? formatDate : formatInstant
  return (value) => (typeof value === 'number' ? format(value) : value)
}

/** A value in a form that is equal where the values are: SQL has lists and JSON as text; minus zero is zero. */
function comparableOf({ kind }: Type): (value: unknown) => unknown {
  const isText = kind === 'list' || kind === 'json'
  return (value) => {
    if (value === undefined || value === null) return null
    if (isText) return typeof value === 'string' ? value : JSON.stringify(value)
    return value === 0 ? 0 : value
  }
}

/** A disagreement in words, for whoever reports it. */
export function disagreementText({ between, closure, other, asker, case: one }: Disagreement): string {
  const answer = ({ value, decision }: Answer): string => {
    const told = value === null ? 'unknown' : String(value)
    return decision === undefined ? told : `${told} (${decision ? 'granted' : 'denied'})`
  }
  const who = asker.user ? `the user ${JSON.stringify(asker.user)}` : 'nobody signed in'
  const beside = Object.entries(one).filter(([name, row]) => name !== 'id' && row !== undefined)
  const rows = beside.map(([name, row]) => `${name} ${JSON.stringify(row)}`)
  const input = Object.keys(asker.input).length > 0 ? [`input ${JSON.stringify(asker.input)}`] : []
  return `in memory ${answer(closure)}, by ${between} ${answer(other)}; with ${[who, ...rows, ...input].join(', ')}`
}
