// Whether a text is a date, as `2026-06-15`. What stands behind a `T` is the loader's to say.

import type { AreDigits, Digit } from './text.ts'

type UpTo28 = `0${Exclude<Digit, '0'>}` | `1${Digit}` | `2${Exclude<Digit, '9'>}`
type UpTo29 = UpTo28 | '29'
type UpTo30 = UpTo29 | '30'
type UpTo31 = UpTo30 | '31'

type Days = {
  readonly '01': UpTo31
  readonly '02': UpTo28
  readonly '03': UpTo31
  readonly '04': UpTo30
  readonly '05': UpTo31
  readonly '06': UpTo30
  readonly '07': UpTo31
  readonly '08': UpTo31
  readonly '09': UpTo30
  readonly '10': UpTo31
  readonly '11': UpTo30
  readonly '12': UpTo31
}

export type IsDate<V extends string> = V extends `${infer Y}-${infer M}-${infer D}`
  ? M extends keyof Days
    ? D extends Days[M]
      ? IsYear<Y>
      : `${M}-${D}` extends '02-29'
        ? IsYear<Y> extends true
          ? IsLeap<Y>
          : false
        : false
    : false
  : false

/** PERF: these are looked up, others are read. */
type Common = `${'19' | '20'}${Digit}${Digit}`

type IsYear<Y extends string> = Y extends Common
  ? true
  : Y extends `${infer A}${infer B}${infer C}${infer D}`
    ? D extends Digit
      ? AreDigits<`${A}${B}${C}`>
      : false
    : false

type Even = '0' | '2' | '4' | '6' | '8'
type Fourth = `${Even}${'0' | '4' | '8'}` | `${Exclude<Digit, Even>}${'2' | '6'}`

type IsLeap<Y extends string> = Y extends `${infer Century}00`
  ? Century extends Fourth
    ? true
    : false
  : Y extends `${string}${Fourth}`
    ? true
    : false
