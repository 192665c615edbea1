// The words for faults of types (T42xx), and of what surrounds an expression: queries and templates (T43xx).

import type { Fault } from '../problems.ts'
import { describe, type Type } from '../types.ts'

const fault = (code: Fault['code'], message: string): Fault => ({ code, message })

export const needsBoolean = (operator: string, found: Type): Fault =>
  fault('T4201', `\`${operator}\` needs a boolean, but this is ${describe(found)}.${hint(found)}`)
export const conditionNeedsBoolean = (found: Type): Fault =>
  fault('T4201', `The expression must be a boolean, but it is ${describe(found)}.${hint(found)}`)
export const bodyNeedsBoolean = (method: string, found: Type): Fault =>
  fault('T4201', `The condition of \`${method}\` must be a boolean, but it is ${describe(found)}.${hint(found)}`)

function hint(found: Type): string {
  if (found.kind === 'list' || found.kind === 'collection') return ' Write `….length > 0` or test for an element.'
  if (found.kind === 'integer' || found.kind === 'number') return ' Compare it, as in `… > 0`.'
  if (found.kind === 'null') return ' Write `false`.'
  return ' Compare it with something, as in `… == …`, or test `… != null`.'
}

export const cannotCompare = (left: Type, right: Type): Fault =>
  fault('T4202', `${capital(describe(left))} cannot be compared with ${describe(right)}.`)
export const noComparison = (type: Type): Fault =>
  fault('T4202', `${capital(describe(type))} cannot be compared. Use \`in\`, \`.length\`, \`some\` or \`every\`.`)
export const jsonComparison = (): Fault => fault('T4202', 'JSON can only be compared with `null`.')
export const enumWithString = (type: Type): Fault =>
  fault('T4202', `${capital(describe(type))} is compared with its options or with another enum, not with any string.`)
export const noCommonOption = (left: Type, right: Type): Fault =>
  fault('T4202', `${capital(describe(left))} and ${describe(right)} have no option in common: they are never equal.`)
export const unknownOption = (found: string, options: readonly string[], suggestion?: string): Fault => {
  const shown = options.slice(0, 12).map((option) => `'${option}'`)
  const help = suggestion === undefined ? ` The options are ${shown.join(', ')}.` : ` Did you mean '${suggestion}'?`
  return fault('T4203', `'${found}' is not an option of this enum.${help}`)
}
export const twoConstants = (operator: string): Fault =>
  fault('T4204', `Both sides of \`${operator}\` are constants, so the result is always the same. Is a field meant?`)
export const notOrdered = (operator: string, found: Type): Fault =>
  fault('T4205', `\`${operator}\` orders numbers and dates, but this is ${describe(found)}.`)
export const notAList = (found: Type): Fault =>
  fault(
    'T4206',
    found.kind === 'string'
      ? 'The right side of `in` must be a list. For a part of a text write `text.includes(part)`.'
      : `The right side of \`in\` must be a list, but this is ${describe(found)}.`,
  )
export const wrongElement = (value: Type, element: Type): Fault =>
  fault('T4206', `${capital(describe(value))} cannot be in a list whose elements are like ${describe(element)}.`)
export const arithmeticOperand = (operator: string, found: Type): Fault =>
  fault(
    'T4207',
    operator === '%'
      ? `\`%\` is for integers, but this is ${describe(found)}.`
      : `\`${operator}\` does not work with ${describe(found)}.`,
  )
export const arithmeticPair = (operator: string, left: Type, right: Type): Fault =>
  fault(
    'T4207',
    `\`${operator}\` cannot combine ${describe(left)} with ${describe(right)}. Nothing is converted by itself.`,
  )
export const noMembers = (name: string, type: Type): Fault =>
  fault('T4208', `${capital(describe(type))} has no \`${name}\`.`)
export const collectionMember = (name: string, type: Type): Fault =>
  fault('T4208', `${capital(describe(type))} has no \`${name}\`. Ask its rows: \`….some(x => x.${name} == …)\`.`)
export const argumentCount = (name: string, expected: number, found: number): Fault =>
  fault(
    'T4209',
    `\`${name}\` takes ${expected === 0 ? 'no arguments' : expected === 1 ? 'one argument' : `${expected} arguments`}, not ${found}.`,
  )
export const argumentType = (name: string, expected: string, found: Type): Fault =>
  fault('T4210', `\`${name}\` takes ${expected} here, but this is ${describe(found)}.`)
export const differentArguments = (name: string, left: Type, right: Type): Fault =>
  fault('T4210', `The arguments of \`${name}\` must be alike, but one is ${describe(left)} and one ${describe(right)}.`)
export const recordAsBoolean = (type: Type, path: string): Fault =>
  fault('T4211', `${capital(describe(type))} is not a boolean. Write \`${path} != null\` to ask whether there is one.`)
export const userAsBoolean = (): Fault =>
  fault('T4211', '`user` is not a boolean. Write `authenticated` to ask whether somebody is signed in.')
export const badDate = (found: string): Fault =>
  fault('T4212', `'${found}' is not a date. Write '2026-06-15' or '2026-06-15T12:00:00Z'.`)
export const dateWithoutZone = (found: string): Fault =>
  fault('T4212', `'${found}' has no time zone. Add \`Z\` for UTC, or an offset such as \`+02:00\`.`)
export const neverNull = (what: string): Fault => fault('T4213', `${what} is never null, so this test says nothing.`)
export const nullOnlyEquality = (operator: string): Fault =>
  fault('T4213', `\`null\` can only be tested with \`==\` and \`!=\`, not with \`${operator}\`.`)
export const nullElement = (): Fault =>
  fault('T4213', 'A list cannot hold `null`. Test for it apart: `x == null || x in […]`.')
export const nullArgument = (name: string): Fault => fault('T4213', `\`${name}\` cannot be given the literal \`null\`.`)
export const emptyList = (): Fault => fault('T4214', 'An empty list holds nothing: `in []` is never true.')
export const mixedList = (first: Type, other: Type): Fault =>
  fault('T4214', `The elements of a list must be alike, but one is ${describe(first)} and one ${describe(other)}.`)
export const listHere = (): Fault =>
  fault('T4214', 'A list can only stand on the right of `in`, or before `.includes`.')
export const wrongResult = (expected: Type, found: Type): Fault =>
  fault('T4215', `The value must be ${describe(expected)}, but it is ${describe(found)}.`)
export const nullResult = (): Fault => fault('T4215', 'The field is required, so it cannot become `null`.')
export const noPlainValue = (found: Type): Fault =>
  fault('T4215', `${capital(describe(found))} cannot be written into a text.`)
export const lambdaNeeded = (method: string, parameter: string): Fault =>
  fault(
    'T4216',
    `\`${method}\` takes a condition on a row, as in \`${method}(${parameter} => ${parameter}.id != null)\`.`,
  )
export const lambdaHere = (): Fault => fault('T4216', '`=>` can only stand in `some` and `every` of a collection.')
export const quantifierOnList = (method: string): Fault =>
  fault('T4216', `\`${method}\` is for related rows. For a list of values write \`value in list\`.`)
export const wholeSource = (name: string): Fault =>
  fault('T4217', `\`${name}\` alone is not a value. Name one of its fields, as in \`${name}.…\`.`)

export const queryStart = (): Fault =>
  fault('T4302', "A query begins with an entity, as in `Task where status != 'done'`.")
export const queryClause = (found: string): Fault =>
  fault('T4302', `\`${found}\` cannot stand here. A query is \`Entity where … order by field desc limit 10\`.`)
export const queryLimit = (): Fault => fault('T4302', '`limit` takes a whole number of at least 1.')
export const orderByNeeds = (): Fault =>
  fault('T4303', '`order by` takes fields, as in `order by dueDate desc, title`.')
export const notSortable = (found: Type): Fault => fault('T4303', `Rows cannot be ordered by ${describe(found)}.`)
export const unclosedTemplate = (): Fault => fault('T4304', 'This `${` is never closed. Add `}`.')

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
