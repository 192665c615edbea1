// Forms of SQL that use a value several times, without writing it several times.

import { rawSql, type Sql, sql } from './sql.ts'

/** 2^53: beyond it integers are not exact. */
const limit = '9007199254740992.0'

/** The number, or NULL when it lies beyond the exact integers. */
export const bounded = (number: Sql): Sql =>
  sql`nullif(nullif(max(min(${number}, ${rawSql(limit)}), ${rawSql(`-${limit}`)}), ${rawSql(limit)}), ${rawSql(`-${limit}`)})`

/** The number, or NULL when it is infinite; SQLite has no NaN. */
export const finite = (number: Sql): Sql => sql`nullif(nullif(${number}, 9e999), -9e999)`

/** Computes a value once and uses it, as `v`, in a form. */
export const once = (input: Sql, form: string): Sql => sql`(SELECT ${rawSql(form)} FROM (SELECT ${input} AS v))`
