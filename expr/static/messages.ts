// The words of the type level: the checker's messages, or their beginnings. What was probably meant is said by
// TypeScript itself, out of what could stand there instead.

import type { CharacterNumbers } from './characters.ts'
import type { Capital, Described } from './described.ts'

export type UnknownName<N extends string> = `Unknown name \`${N}\`.`
export type UnknownField<N extends string, E extends string> = `Unknown field \`${N}\` on ${E}.`
export type UnknownOption<V extends string> = `'${V}' is not an option of this enum.`
export type Unquoted<
  W extends string,
  P extends string,
> = `\`${W}\` is a value of \`${P}\`: put it in quotes, as in \`${P} == '${W}'\`.`
export type Missing = 'The name of a field is missing after the dot.'
export type MissingValue<Op extends string> = `A value is missing after \`${Op}\`.`
export type Empty = 'The expression is empty. Write a condition such as `authenticated`, or `true` to allow everybody.'

export type NeedsBoolean<Op extends string, K> = `\`${Op}\` needs a boolean, but this is ${Described<K>}.`
export type ConditionNeedsBoolean<K> = `The expression must be a boolean, but it is ${Described<K>}.`
export type BodyNeedsBoolean<
  Method extends string,
  K,
> = `The condition of \`${Method}\` must be a boolean, but it is ${Described<K>}.`
export type RecordAsBoolean<
  K,
  P extends string,
> = `${Capital<K>} is not a boolean. Write \`${P} != null\` to ask whether there is one.`
export type UserAsBoolean = '`user` is not a boolean. Write `authenticated` to ask whether somebody is signed in.'

export type CannotCompare<A, B> = `${Capital<A>} cannot be compared with ${Described<B>}.`
export type NoComparison<K> = `${Capital<K>} cannot be compared. Use \`in\`, \`.length\`, \`some\` or \`every\`.`
export type JsonComparison = 'JSON can only be compared with `null`.'
export type EnumWithString<K> = `${Capital<K>} is compared with its options or with another enum, not with any string.`
export type NoCommonOption<A, B> = `${Capital<A>} and ${Described<B>} have no option in common: they are never equal.`
export type TwoConstants<Op extends string> =
  `Both sides of \`${Op}\` are constants, so the result is always the same. Is a field meant?`
export type NotOrdered<Op extends string, K> = `\`${Op}\` orders numbers and dates, but this is ${Described<K>}.`
export type NotAList<K> = K extends { readonly kind: 'string' }
  ? 'The right side of `in` must be a list. For a part of a text write `text.includes(part)`.'
  : `The right side of \`in\` must be a list, but this is ${Described<K>}.`
export type WrongElement<V, K> = `${Capital<V>} cannot be in a list whose elements are like ${Described<K>}.`
export type BadDate<V extends string> = `'${V}' is not a date. Write '2026-06-15' or '2026-06-15T12:00:00Z'.`
export type NeverNull<What extends string> = `${What} is never null, so this test says nothing.`
export type ListHere = 'A list can only stand on the right of `in`, or before `.includes`.'
export type NullOnlyEquality<Op extends string> =
  `\`null\` can only be tested with \`==\` and \`!=\`, not with \`${Op}\`.`
export type NullElement = 'A list cannot hold `null`. Test for it apart: `x == null || x in […]`.'
export type EmptyList = 'An empty list holds nothing: `in []` is never true.'
export type MixedList<A, B> =
  `The elements of a list must be alike, but one is ${Described<A>} and one ${Described<B>}.`

export type CallWithout<N extends string> = `\`${N}\` is a function: write \`${N}()\`.`

export type UnknownFunction<N extends string> = `Unknown function \`${N}\`.`
export type UnknownMethod<N extends string, K> = `There is no \`${N}\` of ${Described<K>}.`
export type MethodWithoutCall<N extends string> = `\`${N}\` is a method: write \`${N}(…)\`.`
export type PropertyCalled<N extends string> = `\`${N}\` is not a method: write it without parentheses.`
export type NoMembers<N extends string, K> = `${Capital<K>} has no \`${N}\`.`
export type CollectionMember<
  N extends string,
  K,
> = `${Capital<K>} has no \`${N}\`. Ask its rows: \`….some(x => x.${N} == …)\`.`
export type ArgumentCount<
  N extends string,
  Wanted extends number,
  Found extends number,
> = `\`${N}\` takes ${Wanted extends 0 ? 'no arguments' : Wanted extends 1 ? 'one argument' : `${Wanted} arguments`}, not ${Found}.`
export type ArgumentType<
  N extends string,
  Wanted extends string,
  K,
> = `\`${N}\` takes ${Wanted} here, but this is ${Described<K>}.`
export type NullArgument<N extends string> = `\`${N}\` cannot be given the literal \`null\`.`
export type DifferentArguments<
  N extends string,
  A,
  B,
> = `The arguments of \`${N}\` must be alike, but one is ${Described<A>} and one ${Described<B>}.`
export type ArithmeticOperand<Op extends string, K> = Op extends '%'
  ? `\`%\` is for integers, but this is ${Described<K>}.`
  : `\`${Op}\` does not work with ${Described<K>}.`
export type ArithmeticPair<
  Op extends string,
  A,
  B,
> = `\`${Op}\` cannot combine ${Described<A>} with ${Described<B>}. Nothing is converted by itself.`
export type ParameterTaken<N extends string> =
  `\`${N}\` is already a name in scope. Choose another name for the parameter.`
export type LambdaHere = '`=>` can only stand in `some` and `every` of a collection.'
export type LambdaNeeded<
  Method extends string,
  P extends string,
> = `\`${Method}\` takes a condition on a row, as in \`${Method}(${P} => ${P}.id != null)\`.`
export type QuantifierOnList<Method extends string> =
  `\`${Method}\` is for related rows. For a list of values write \`value in list\`.`

export type WriteInstead<
  Found extends string,
  By extends string,
> = `\`${Found}\` is not an operator here. Write \`${By}\`.`
export type NotIn = 'Write `!(value in list)` for "not in".'
export type MissingBefore<Found extends string> = `A value is missing before \`${Found}\`.`
export type EmptyParentheses = 'There is nothing between these parentheses.'
export type Adjacent<Found extends string> = `An operator such as \`&&\` or \`==\` is missing before \`${Found}\`.`
export type MissingComma<Found extends string> = `A comma or an operator is missing before \`${Found}\`.`
export type StrayComma =
  'A comma can only separate arguments or the elements of a list. Join conditions by `&&` or `||`.'
export type StrayArrow = '`=>` can only stand in `some` and `every`, as in `comments.some(c => c.hidden)`.'
export type ArrowLine = '`=>` must stand on the line of its name.'
export type NotCallable = 'Only functions and methods can be called.'
export type UnclosedText<Quote extends string> =
  `This text has no closing ${Quote extends '"' ? 'double' : 'single'} quote.`
export type Unclosed<Opener extends string> =
  `This \`${Opener}\` is never closed. Add \`${Opener extends '(' ? ')' : ']'}\`.`
export type Unopened<Closer extends string> =
  `This \`${Closer}\` closes nothing. Remove it, or add \`${Closer extends ')' ? '(' : '['}\` before it.`
export type WrongCloser<
  Opener extends string,
  Closer extends string,
> = `\`${Closer}\` does not close \`${Opener}\`. Write \`${Opener extends '(' ? ')' : ']'}\`.`
type Ordering = '<' | '<=' | '>' | '>='
export type Chained<A extends string, B extends string> = A extends Ordering
  ? B extends Ordering
    ? `Comparisons do not chain. Write \`a ${A} b && b ${B} c\`.`
    : Grouped<A, B>
  : Grouped<A, B>
type Grouped<
  A extends string,
  B extends string,
> = `Comparisons do not chain: \`${A}\` and \`${B}\` need parentheses, as in \`(a ${A} b) ${B} c\`.`

export type TemplateText =
  'Texts stand in \'single\' or "double" quotes; join them by `+`. There are no template strings.'
export type OptionalChaining = 'Write `.` instead of `?.`: a path through a missing value is simply missing.'
export type ComputedMember = 'Fields are written with a dot, as in `entity.title`; there is no `[…]` after a value.'
export type Comment = 'An expression cannot hold comments. Put the comment beside it.'
export type Conditional = 'There is no `? :`. Write `a && b || !a && c`, or `coalesce(a, b)` for a default.'
export type Nullish = 'There is no `??`. Write `coalesce(a, b)`.'
export type Foreign<Found extends string> = `The language has no \`${Found}\`.`
export type UnaryPlus = 'A `+` in front of a value does nothing. Remove it.'
export type Reserved<W extends string> =
  `\`${W}\` is a word of JavaScript. A field of that name is reached by \`entity.${W}\`.`

export type RawLineBreak = 'A text cannot hold a line break. Write `\\n`.'
export type UnknownEscape<Found extends string> =
  `\`${Found}\` is no escape. There are \\\\ \\' \\" \\n \\r \\t \\uXXXX and \\u{X…}.`
export type LoneSurrogate = 'Half of a surrogate pair is not a character.'
export type MalformedNumber<Found extends string> =
  `\`${Found}\` is not a number. Write digits, as in \`10\`, \`0.5\` or \`1e3\`.`
export type NumberTooLarge<Found extends string> =
  `\`${Found}\` is too large: beyond 9,007,199,254,740,991 numbers are no longer exact.`
export type NumberOverflow<Found extends string> = `\`${Found}\` is beyond the largest number.`

/** What is said of a character whose number is not known here. */
type NoExpression = 'This is not an expression. `truth check` shows where.'
export type StrangeCharacter<C extends string> = C extends '#' | '@' | '\\'
  ? `\`${C}\` cannot stand here.`
  : C extends keyof CharacterNumbers
    ? `U+${CharacterNumbers[C]} is not a character of the language.`
    : NoExpression
