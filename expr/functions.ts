// The functions and methods, one row each: what they take, what they give, and how each compiler says them.
// A missing argument makes the result unknown, but for `coalesce`.

import type { Closure, Value } from './closure/context.ts'
import { bounded, once } from './sql/forms.ts'
import { rawSql, type Sql, sql, value } from './sql/sql.ts'
import type { FunctionName } from './tree.ts'
import { booleanType, durationType, integerType, numberType, stringType, type Type, wholeDaysType } from './types.ts'

export type ParameterKind = 'any' | 'number' | 'string' | 'list'

export type FunctionRow = {
  readonly parameters: readonly ParameterKind[]
  readonly result: (types: readonly Type[]) => Type
  readonly closure: (values: readonly Closure[]) => Closure
  readonly sql: (values: readonly Sql[], types: readonly Type[]) => Sql
}

type Numeric = (x: number) => number

const number =
  (apply: Numeric) =>
  ([x]: readonly Closure[]): Closure =>
  (context) => {
    const value = x!(context)
    return value === null ? null : apply(value as number)
  }

const numbers =
  (apply: (x: number, y: number) => number) =>
  ([x, y]: readonly Closure[]): Closure =>
  (context) => {
    const left = x!(context)
    const right = y!(context)
    return left === null || right === null ? null : apply(left as number, right as number)
  }

const text =
  (apply: (text: string) => Value) =>
  ([x]: readonly Closure[]): Closure =>
  (context) => {
    const value = x!(context)
    return value === null ? null : apply(value as string)
  }

const texts =
  (apply: (text: string, part: string) => boolean) =>
  ([x, y]: readonly Closure[]): Closure =>
  (context) => {
    const left = x!(context)
    const right = y!(context)
    return left === null || right === null ? null : apply(left as string, right as string)
  }

const whole = ([type]: readonly Type[]): boolean => type?.kind === 'integer'
const allIntegers = (types: readonly Type[]): Type =>
  types.every((type) => type.kind === 'integer') ? integerType : numberType

/** Half away from zero, exactly as SQLite rounds. Beyond 2^52 there are no fractions. */
export function roundNumber(x: number): number {
  return Math.abs(x) >= 2 ** 52 ? x : Math.trunc(x < 0 ? x - 0.5 : x + 0.5)
}

/** Durations are whole milliseconds; beyond the exact integers they are unknown. */
function duration(unit: number, unitSql: string, result: (types: readonly Type[]) => Type): FunctionRow {
  return {
    parameters: ['number'],
    result,
    closure:
      ([n]) =>
      (context) => {
        const count = n!(context)
        if (count === null) return null
        const milliseconds = roundNumber((count as number) * unit)
        return Number.isSafeInteger(milliseconds) ? milliseconds : null
      },
    sql: ([n]) => bounded(sql`round(${n!} * ${rawSql(unitSql)})`),
  }
}

const noFractions = '4503599627370496.0'

/** `floor` and `ceil` from truncation, as SQLite is built without mathematical functions. */
function cut(apply: Numeric, correction: '- (v < CAST(v AS INTEGER))' | '+ (v > CAST(v AS INTEGER))'): FunctionRow {
  const cutSql = `CASE WHEN abs(v) < ${noFractions} THEN CAST(v AS INTEGER) ${correction} ELSE v END`
  return {
    parameters: ['number'],
    result: () => integerType,
    closure: number(apply),
    sql: ([x], types) => (whole(types) ? x! : once(x!, cutSql)),
  }
}

const lower = (s: string): string => s.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
const upper = (s: string): string => s.replace(/[a-z]+/g, (letters) => letters.toUpperCase())

function codePoints(s: string): number {
  let count = s.length
  for (let i = 0; i < s.length; i++) if ((s.charCodeAt(i) & 0xfc00) === 0xdc00) count -= 1
  return count
}

/** What `trim` removes: the white space of JavaScript. */
const blanks =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

export const functions = {
  days: duration(86_400_000, '86400000.0', ([type]) => (type?.kind === 'integer' ? wholeDaysType : durationType)),
  hours: duration(3_600_000, '3600000.0', () => durationType),
  minutes: duration(60_000, '60000.0', () => durationType),
  abs: {
    parameters: ['number'],
    result: allIntegers,
    closure: number(Math.abs),
    sql: ([x]) => sql`abs(${x!})`,
  },
  round: {
    parameters: ['number'],
    result: () => integerType,
    closure: number(roundNumber),
    sql: ([x], types) => (whole(types) ? x! : sql`round(${x!})`),
  },
  floor: cut(Math.floor, '- (v < CAST(v AS INTEGER))'),
  ceil: cut(Math.ceil, '+ (v > CAST(v AS INTEGER))'),
  min: {
    parameters: ['number', 'number'],
    result: allIntegers,
    closure: numbers((x, y) => Math.min(x, y)),
    sql: ([x, y]) => sql`min(${x!}, ${y!})`,
  },
  max: {
    parameters: ['number', 'number'],
    result: allIntegers,
    closure: numbers((x, y) => Math.max(x, y)),
    sql: ([x, y]) => sql`max(${x!}, ${y!})`,
  },
  coalesce: {
    parameters: ['any', 'any'],
    result: ([type]) => type!,
    closure:
      ([x, y]) =>
      (context) =>
        x!(context) ?? y!(context),
    sql: ([x, y]) => sql`coalesce(${x!}, ${y!})`,
  },
  'string.length': {
    parameters: ['string'],
    result: () => integerType,
    closure: text(codePoints),
    sql: ([s]) => sql`length(${s!})`,
  },
  'string.startsWith': {
    parameters: ['string', 'string'],
    result: () => booleanType,
    closure: texts((s, part) => s.startsWith(part)),
    sql: ([s, part]) => sql`instr(${s!}, ${part!}) = 1`,
  },
  'string.endsWith': {
    parameters: ['string', 'string'],
    result: () => booleanType,
    closure: texts((s, part) => s.endsWith(part)),
    sql: ([s, part]) => sql`substr(${s!}, length(${s!}) - length(${part!}) + 1) = ${part!}`,
  },
  'string.includes': {
    parameters: ['string', 'string'],
    result: () => booleanType,
    closure: texts((s, part) => s.includes(part)),
    sql: ([s, part]) => sql`instr(${s!}, ${part!}) > 0`,
  },
  'string.toLowerCase': {
    parameters: ['string'],
    result: () => stringType,
    closure: text(lower),
    sql: ([s]) => sql`lower(${s!})`,
  },
  'string.toUpperCase': {
    parameters: ['string'],
    result: () => stringType,
    closure: text(upper),
    sql: ([s]) => sql`upper(${s!})`,
  },
  'string.trim': {
    parameters: ['string'],
    result: () => stringType,
    closure: text((s) => s.trim()),
    sql: ([s]) => sql`trim(${s!}, ${value(blanks)})`,
  },
  'list.length': {
    parameters: ['list'],
    result: () => integerType,
    closure:
      ([list]) =>
      (context) =>
        (list!(context) as readonly Value[] | null)?.length ?? null,
    sql: ([list]) => sql`json_array_length(${list!})`,
  },
} as const satisfies Record<FunctionName, FunctionRow>
