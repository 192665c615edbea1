// Arithmetic in SQL, in the same doubles and the same steps as the closure (see closure/arithmetic.ts): integers are
// made REAL first, since SQLite computes with them exactly where JavaScript rounds.

import type { TypedNode } from '../tree.ts'
import type { Compiler } from './compiler.ts'
import { bounded, finite, once } from './forms.ts'
import { type Sql, sql } from './sql.ts'

/** A number; NULL when it is not finite. */
export function numberSql(compiler: Compiler, node: TypedNode): Sql {
  return finite(rawNumber(compiler, node))
}

function rawNumber(compiler: Compiler, node: TypedNode): Sql {
  if (node.kind === 'negate') return sql`(- ${rawNumber(compiler, node.operand)})`
  if (node.kind !== 'arithmetic') return sql`CAST(${compiler.value(node)} AS REAL)`
  const { operator, left, right } = node
  switch (operator) {
    case '+':
      return sql`(${rawNumber(compiler, left)} + ${rawNumber(compiler, right)})`
    case '-':
      return sql`(${rawNumber(compiler, left)} - ${rawNumber(compiler, right)})`
    case '*':
      return sql`(${rawNumber(compiler, left)} * ${rawNumber(compiler, right)})`
    case '/':
      // A division by zero is NULL in SQLite.
      return sql`(${rawNumber(compiler, left)} / CAST(${compiler.value(right)} AS REAL))`
    case '%':
      return sql`(${bounded(compiler.value(left))} % ${bounded(compiler.value(right))})`
  }
}

/** An integer that was computed as a REAL, as an INTEGER again where it is exact. */
export function exactInteger(value: Sql, node: TypedNode): Sql {
  const computed = node.kind === 'arithmetic' || node.kind === 'negate' || node.kind === 'call'
  return computed ? once(value, 'CASE WHEN abs(v) < 9007199254740992.0 THEN CAST(v AS INTEGER) ELSE v END') : value
}
