// The words for faults of spelling and structure (T40xx).

import type { Fault } from '../problems.ts'

export const maxLength = 4096
export const maxNesting = 64
export const maxOperators = 512
export const maxElements = 1000

const count = (n: number): string => n.toLocaleString('en-US')
const fault = (code: Fault['code'], message: string): Fault => ({ code, message })

export const emptyExpression = (): Fault =>
  fault('T4001', 'The expression is empty. Write a condition such as `authenticated`, or `true` to allow everybody.')
export const missingBefore = (found: string): Fault => fault('T4002', `A value is missing before \`${found}\`.`)
export const missingAfter = (found: string): Fault => fault('T4002', `A value is missing after \`${found}\`.`)
export const missingName = (): Fault => fault('T4002', 'The name of a field is missing after the dot.')
export const emptyParentheses = (): Fault => fault('T4002', 'There is nothing between these parentheses.')
export const adjacent = (found: string): Fault =>
  fault('T4002', `An operator such as \`&&\` or \`==\` is missing before \`${found}\`.`)
export const unexpected = (found: string): Fault => fault('T4002', `\`${found}\` cannot stand here.`)
export const strayComma = (): Fault =>
  fault('T4002', 'A comma can only separate arguments or the elements of a list. Join conditions by `&&` or `||`.')
export const strayArrow = (): Fault =>
  fault('T4002', '`=>` can only stand in `some` and `every`, as in `comments.some(c => c.hidden)`.')
export const notCallable = (): Fault => fault('T4002', 'Only functions and methods can be called.')
export const missingComma = (found: string): Fault =>
  fault('T4002', `A comma or an operator is missing before \`${found}\`.`)

export const writeInstead = (found: string, instead: string): Fault =>
  fault('T4003', `\`${found}\` is not an operator here. Write \`${instead}\`.`)
export const notInSlip = (): Fault => fault('T4003', 'Write `!(value in list)` for "not in".')

export const unclosedText = (quote: string): Fault =>
  fault('T4004', `This text has no closing ${quote === '"' ? 'double' : 'single'} quote.`)
export const unclosed = (opener: string): Fault =>
  fault('T4005', `This \`${opener}\` is never closed. Add \`${opener === '(' ? ')' : ']'}\`.`)
export const unopened = (closer: string): Fault =>
  fault('T4005', `This \`${closer}\` closes nothing. Remove it, or add \`${closer === ')' ? '(' : '['}\` before it.`)
export const wrongCloser = (opener: string, closer: string): Fault =>
  fault('T4005', `\`${closer}\` does not close \`${opener}\`. Write \`${opener === '(' ? ')' : ']'}\`.`)

const ordering: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])

export const chained = (first: string, second: string): Fault =>
  fault(
    'T4006',
    ordering.has(first) && ordering.has(second)
      ? `Comparisons do not chain. Write \`a ${first} b && b ${second} c\`.`
      : `Comparisons do not chain: \`${first}\` and \`${second}\` need parentheses, as in \`(a ${first} b) ${second} c\`.`,
  )

export const templateText = (): Fault =>
  fault('T4007', 'Texts stand in \'single\' or "double" quotes; join them by `+`. There are no template strings.')
export const optionalChaining = (): Fault =>
  fault('T4007', 'Write `.` instead of `?.`: a path through a missing value is simply missing.')
export const computedMember = (): Fault =>
  fault('T4007', 'Fields are written with a dot, as in `entity.title`; there is no `[…]` after a value.')
export const comment = (): Fault => fault('T4007', 'An expression cannot hold comments. Put the comment beside it.')
export const conditional = (): Fault =>
  fault('T4007', 'There is no `? :`. Write `a && b || !a && c`, or `coalesce(a, b)` for a default.')
export const nullish = (): Fault => fault('T4007', 'There is no `??`. Write `coalesce(a, b)`.')
export const foreign = (found: string): Fault => fault('T4007', `The language has no \`${found}\`.`)
export const unaryPlus = (): Fault => fault('T4007', 'A `+` in front of a value does nothing. Remove it.')
export const reserved = (word: string): Fault =>
  fault('T4007', `\`${word}\` is a word of JavaScript. A field of that name is reached by \`entity.${word}\`.`)
export const arrowLine = (): Fault => fault('T4007', '`=>` must stand on the line of its name.')

export const rawLineBreak = (): Fault => fault('T4008', 'A text cannot hold a line break. Write `\\n`.')
export const unknownEscape = (found: string): Fault =>
  fault('T4008', `\`${found}\` is no escape. There are \\\\ \\' \\" \\n \\r \\t \\uXXXX and \\u{X…}.`)
export const loneSurrogate = (): Fault => fault('T4008', 'Half of a surrogate pair is not a character.')
export const nullCharacter = (): Fault => fault('T4008', 'A text cannot hold the character U+0000.')
export const malformedNumber = (found: string): Fault =>
  fault('T4009', `\`${found}\` is not a number. Write digits, as in \`10\`, \`0.5\` or \`1e3\`.`)
export const numberTooLarge = (found: string): Fault =>
  fault('T4009', `\`${found}\` is too large: beyond ${count(Number.MAX_SAFE_INTEGER)} numbers are no longer exact.`)
export const numberOverflow = (found: string): Fault => fault('T4009', `\`${found}\` is beyond the largest number.`)

export const tooLong = (length: number): Fault =>
  fault('T4010', `The expression has ${count(length)} characters; ${count(maxLength)} are the limit.`)
/** Relations on one path, and conditions on rows within each other: what SQLite's parser can bear, with room to spare. */
export const maxSteps = 8
export const maxQuantifiers = 5
export const tooManySteps = (): Fault => fault('T4010', `A path can follow ${maxSteps} relations at most.`)
export const tooManyQuantifiers = (): Fault =>
  fault('T4010', `\`some\` and \`every\` can stand ${maxQuantifiers} deep in each other at most.`)
export const tooDeep = (): Fault =>
  fault('T4010', `The expression is nested more than ${maxNesting} levels deep. Split it up.`)
export const tooDeepInSql = (): Fault =>
  fault('T4010', 'As SQL the expression is nested deeper than the database can read. Split it up.')
export const tooManyOperators = (): Fault =>
  fault('T4010', `The expression has more than ${maxOperators} operators. Split it up.`)
export const tooManyElements = (): Fault => fault('T4010', `A list can have ${count(maxElements)} elements at most.`)

export const strangeCharacter = (found: string): Fault => {
  const point = found.codePointAt(0) ?? 0
  const name = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  const visible = /^[!-~]$/.test(found)
  return fault('T4011', visible ? `\`${found}\` cannot stand here.` : `${name} is not a character of the language.`)
}
