// A node as its value, as a column would hold it: booleans 1 and 0, dates and lists text, a record its id, NULL when it
// is missing or unknown. SQL's own logic is three-valued by the same tables.

import { functions } from '../functions.ts'
import { chainOf, type TypedNode } from '../tree.ts'
import type { Compiler } from './compiler.ts'
import { operators } from './condition.ts'
import { alikeSql, differenceSql, instantSql, shiftSql } from './instants.ts'
import { inSql, quantifierSql } from './membership.ts'
import { numberSql } from './numbers.ts'
import { collectionSql, fieldSql, idSql, slotSql, whenOwned } from './rows.ts'
import { joinSql, rawSql, type Sql, sql, value } from './sql.ts'

const user: Sql = sql`${{ kind: 'user', field: 'id', type: 'text' }}`

export function valueSql(compiler: Compiler, node: TypedNode): Sql {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'boolean' || node.value === null ? constantSql(node.value) : value(node.value)
    case 'row':
    case 'parameter':
      return idSql(compiler, node)
    case 'field':
      return fieldSql(compiler, node)
    case 'slot':
      return slotSql(compiler, node)
    case 'clock':
      return sql`${{ kind: node.name }}`
    case 'authenticated':
      return sql`(${user} IS NOT NULL)`
    case 'is-user':
      return sql`(${compiler.value(node.operand)} = ${user})`
    case 'is-null':
      return sql`(${compiler.value(node.operand)} ${rawSql(node.negated ? 'IS NOT NULL' : 'IS NULL')})`
    case 'not':
      return sql`(NOT ${compiler.value(node.operand)})`
    case 'logic':
      return sql`(${joinSql(chainOf(node).map(compiler.value), node.operator === '||' ? ' OR ' : ' AND ')})`
    case 'compare': {
      const [a, b] = alikeSql(compiler, [node.left, node.right])
      return sql`(${a!} ${rawSql(operators[node.operator])} ${b!})`
    }
    case 'in':
      return inSql(compiler, node)
    case 'arithmetic':
    case 'negate':
      return numberSql(compiler, node)
    case 'join':
      return sql`(${compiler.value(node.left)} || ${compiler.value(node.right)})`
    case 'shift':
      return shiftSql(compiler, node)
    case 'difference':
      return differenceSql(compiler, node.left, node.right)
    case 'midnight':
      return instantSql(compiler, node)
    case 'call': {
      const types = node.arguments.map((argument) => argument.type)
      return sql`(${functions[node.name].sql(node.arguments.map(compiler.value), types)})`
    }
    case 'count': {
      const { from, where } = collectionSql(compiler, node.collection)
      return whenOwned(compiler, node.collection, sql`(SELECT count(*) FROM ${from} WHERE ${where})`)
    }
    case 'quantifier':
      return quantifierSql(compiler, node)
    case 'list':
      throw new Error('A list has no value of its own in SQL.')
  }
}

const constantSql = (constant: boolean | null): Sql => rawSql(constant === null ? 'NULL' : constant ? '1' : '0')
