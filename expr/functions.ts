// The functions and methods, one row each: what they take, what they give, and how each compiler says them.
// A missing argument makes the result unknown, but for `coalesce`.

import type { Closure, Value } from './closure/context.ts'
import { codePoints, duration, lower, round, upper } from './source/plain.ts'
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
  /** JavaScript text, of arguments that are there; `truth` are the helpers of `source/helpers.ts`. */
  readonly source: (values: readonly string[]) => string
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

/** Durations are whole milliseconds; beyond the exact integers they are unknown. */
function durationOf(unit: number, unitSql: string, result: (types: readonly Type[]) => Type): FunctionRow {
  return {
    parameters: ['number'],
    result,
    closure:
      ([n]) =>
      (context) => {
        const count = n!(context)
        if (count === null) return null
        return duration((count as number) * unit)
      },
    sql: ([n]) => bounded(sql`round(${n!} * ${rawSql(unitSql)})`),
    source: ([n]) => `truth.duration(${n} * ${unit})`,
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
    source: ([x]) => `Math.${apply.name}(${x})`,
  }
}

/** What `trim` removes: the white space of JavaScript. */
const blanks =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

export const functions = {
  days: durationOf(86_400_000, '86400000.0', ([type]) => (type?.kind === 'integer' ? wholeDaysType : durationType)),
  hours: durationOf(3_600_000, '3600000.0', () => durationType),
  minutes: durationOf(60_000, '60000.0', () => durationType),
  abs: {
    parameters: ['number'],
    result: allIntegers,
    closure: number(Math.abs),
    sql: ([x]) => sql`abs(${x!})`,
    source: ([x]) => `Math.abs(${x})`,
  },
  round: {
    parameters: ['number'],
    result: () => integerType,
    closure: number(round),
    sql: ([x], types) => (whole(types) ? x! : sql`round(${x!})`),
    source: ([x]) => `truth.round(${x})`,
  },
  floor: cut(Math.floor, '- (v < CAST(v AS INTEGER))'),
  ceil: cut(Math.ceil, '+ (v > CAST(v AS INTEGER))'),
  min: {
    parameters: ['number', 'number'],
    result: allIntegers,
    closure: numbers((x, y) => Math.min(x, y)),
    sql: ([x, y]) => sql`min(${x!}, ${y!})`,
    source: ([x, y]) => `Math.min(${x}, ${y})`,
  },
  max: {
    parameters: ['number', 'number'],
    result: allIntegers,
    closure: numbers((x, y) => Math.max(x, y)),
    sql: ([x, y]) => sql`max(${x!}, ${y!})`,
    source: ([x, y]) => `Math.max(${x}, ${y})`,
  },
  coalesce: {
    parameters: ['any', 'any'],
    result: ([type]) => type!,
    closure:
      ([x, y]) =>
      (context) =>
        x!(context) ?? y!(context),
    sql: ([x, y]) => sql`coalesce(${x!}, ${y!})`,
    source: ([x, y]) => `(${x} ?? ${y})`,
  },
  'string.length': {
    parameters: ['string'],
    result: () => integerType,
    closure: text(codePoints),
    sql: ([s]) => sql`length(${s!})`,
    source: ([s]) => `truth.codePoints(${s})`,
  },
  'string.startsWith': {
    parameters: ['string', 'string'],
    result: () => booleanType,
    closure: texts((s, part) => s.startsWith(part)),
    sql: ([s, part]) => sql`instr(${s!}, ${part!}) = 1`,
    source: ([s, part]) => `${s}.startsWith(${part})`,
  },
  'string.endsWith': {
    parameters: ['string', 'string'],
    result: () => booleanType,
    closure: texts((s, part) => s.endsWith(part)),
    sql: ([s, part]) => sql`substr(${s!}, length(${s!}) - length(${part!}) + 1) = ${part!}`,
    source: ([s, part]) => `${s}.endsWith(${part})`,
  },
  'string.includes': {
    parameters: ['string', 'string'],
    result: () => booleanType,
    closure: texts((s, part) => s.includes(part)),
    sql: ([s, part]) => sql`instr(${s!}, ${part!}) > 0`,
    source: ([s, part]) => `${s}.includes(${part})`,
  },
  'string.toLowerCase': {
    parameters: ['string'],
    result: () => stringType,
    closure: text(lower),
    sql: ([s]) => sql`lower(${s!})`,
    source: ([s]) => `truth.lower(${s})`,
  },
  'string.toUpperCase': {
    parameters: ['string'],
    result: () => stringType,
    closure: text(upper),
    sql: ([s]) => sql`upper(${s!})`,
    source: ([s]) => `truth.upper(${s})`,
  },
  'string.trim': {
    parameters: ['string'],
    result: () => stringType,
    closure: text((s) => s.trim()),
    sql: ([s]) => sql`trim(${s!}, ${value(blanks)})`,
    source: ([s]) => `${s}.trim()`,
  },
  'list.length': {
    parameters: ['list'],
    result: () => integerType,
    closure:
      ([list]) =>
      (context) =>
        (list!(context) as readonly Value[] | null)?.length ?? null,
    sql: ([list]) => sql`json_array_length(${list!})`,
    source: ([list]) => `${list}.length`,
  },
} as const satisfies Record<FunctionName, FunctionRow>
