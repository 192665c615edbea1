// What plain `tsc` says of single expressions, beside what the checker says.

import process from 'node:process'
import { compileExpression, type Schema } from 'truthfile/expr'
import { expect } from 'vitest'
import { judge as native } from './native.ts'

export type Expressions = readonly (readonly [entity: string, source: string])[]

/** What a compiler says of each expression: the message of its fault, or nothing. */
export type Judge = (schema: Schema, expressions: Expressions) => (string | undefined)[]

const isOlder = process.env.TRUTH_COMPILERS === 'older'

/** What a compiler is asked of what is made by the dozen. */
type Sampled = <T>(all: readonly T[]) => readonly T[]

/** Of three, the older ones are asked one each, and not the same one. */
const third =
  (which: number): Sampled =>
  (all) =>
    all.filter((_, index) => index % 3 === which)

/** The older ones are slow, so they are for `npm test`. */
export const compilers: readonly (readonly [version: string, judge: Judge, sampled: Sampled])[] = isOlder
  ? (await import('./older.ts')).older.map(([version, judge], index) => [version, judge, third(index)])
  : [['7', native, (all) => all]]

export const check = (schema: Schema, entity: string, source: string) =>
  compileExpression(source, { schema, place: 'read', entity }).diagnostics.filter(
    ({ severity }) => severity === 'error',
  )

/** Said of a character whose number the type level does not know; the checker tells it. */
const noExpression = 'This is not an expression. `truth check` shows where.'
const strangeCharacter = /^U\+[0-9A-F]{4,6} is not a character of the language\.$/

/** Whether the checker says what a compiler says, or that and more. */
export const agrees = (messages: readonly string[], fault: string): boolean =>
  messages.some((message) => (fault === noExpression ? strangeCharacter.test(message) : message.startsWith(fault)))

/** Everything that a compiler refuses the checker refuses, in the same words; how many are refused. */
export function expectTwins(judge: Judge, schema: Schema, expressions: Expressions): number {
  const said = judge(schema, expressions)
  let refused = 0
  for (const [index, [entity, source]] of expressions.entries()) {
    const fault = said[index]
    if (fault === undefined) continue
    refused += 1
    const messages = check(schema, entity, source).map(({ message }) => message)
    const both = { source, fault, messages }
    expect({ ...both, agrees: agrees(messages, fault) }).toEqual({ ...both, agrees: true })
  }
  return refused
}
