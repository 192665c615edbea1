// The functions and methods at the type level: what they take and what they give. A test holds this to the checker's table.

import type { IntegerKind, NumberKind, OfKind, StringKind, WholeDays } from './kinds.ts'

export type ParameterKind = 'any' | 'number' | 'string'

/** What a parameter accepts, and how that is said. */
export type Accepts = {
  any: { kind: unknown; words: 'a value' }
  number: { kind: NumberKind; words: 'a number' }
  string: { kind: StringKind; words: 'a string' }
}

/** `exact`: whole when all arguments are. `days`: whole days when the argument is. `common`: what holds all arguments. */
type Gives = 'boolean' | 'integer' | 'string' | 'date' | 'datetime' | 'duration' | 'exact' | 'days' | 'common'

export type FunctionRow = { readonly takes: readonly ParameterKind[]; readonly gives: Gives }

type Row<Takes extends readonly ParameterKind[], Result extends Gives> = {
  readonly takes: Takes
  readonly gives: Result
}

/** Functions, by their names. */
export type Functions = {
  now: Row<[], 'datetime'>
  today: Row<[], 'date'>
  days: Row<['number'], 'days'>
  hours: Row<['number'], 'duration'>
  minutes: Row<['number'], 'duration'>
  abs: Row<['number'], 'exact'>
  round: Row<['number'], 'integer'>
  floor: Row<['number'], 'integer'>
  ceil: Row<['number'], 'integer'>
  min: Row<['number', 'number'], 'exact'>
  max: Row<['number', 'number'], 'exact'>
  has: Row<['any'], 'boolean'>
  coalesce: Row<['any', 'any'], 'common'>
}

/** Methods of texts, by their names. */
export type TextMethods = {
  startsWith: Row<['string'], 'boolean'>
  endsWith: Row<['string'], 'boolean'>
  includes: Row<['string'], 'boolean'>
  toLowerCase: Row<[], 'string'>
  toUpperCase: Row<[], 'string'>
  trim: Row<[], 'string'>
}

/** The methods of lists, and of related rows. */
export type ListMethod = 'includes'
export type CollectionMethod = 'some' | 'every' | 'includes'

/** The kind that a function gives, from those of its arguments. */
export type Given<Result, V> = Result extends 'exact'
  ? OfKind<[V] extends [IntegerKind] ? 'integer' : 'number', V>
  : Result extends 'days'
    ? [V] extends [IntegerKind]
      ? OfKind<'duration', V> & WholeDays
      : OfKind<'duration', V>
    : OfKind<Result, V>
