// A condition for WHERE: it holds exactly where the node is definitely what is wanted. Negations are pushed down to the
// atoms, so that columns stay bare and an index serves wherever a person would have written the condition so.

import { opposite } from '../closure/compare.ts'
import { chainOf, type TypedNode } from '../tree.ts'
import type { Compiler } from './compiler.ts'
import { alikeSql } from './instants.ts'
import { decideInSql, decideQuantifierSql } from './membership.ts'
import { joinSql, rawSql, type Sql, sql } from './sql.ts'

const constant = (holds: boolean): Sql => rawSql(holds ? '1' : '0')

export function decideSql(compiler: Compiler, node: TypedNode, wanted: boolean): Sql {
  switch (node.kind) {
    case 'literal':
      return constant(node.value === wanted)
    case 'not':
      return decideSql(compiler, node.operand, !wanted)
    case 'logic': {
      const parts = chainOf(node).map((part) => decideSql(compiler, part, wanted))
      return sql`(${joinSql(parts, (node.operator === '||') === wanted ? ' OR ' : ' AND ')})`
    }
    case 'compare': {
      const { left, right } = node
      if (left.type.kind === 'boolean' && right.kind === 'literal') {
        return decideSql(compiler, left, ((right.value === true) === (node.operator === '==')) === wanted)
      }
      const [a, b] = alikeSql(compiler, [left, right])
      const operator = operators[wanted ? node.operator : opposite[node.operator]]
      return sql`(${a!} ${rawSql(operator)} ${b!})`
    }
    case 'is-user': {
      const user: Sql = sql`${{ kind: 'user', field: 'id', type: 'text' }}`
      return sql`(${compiler.value(node.operand)} ${rawSql(wanted ? '=' : '<>')} ${user})`
    }
    case 'in':
      return decideInSql(compiler, node, wanted)
    case 'quantifier':
      return decideQuantifierSql(compiler, node, wanted)
    case 'authenticated':
    case 'is-null': {
      const holds = compiler.value(node)
      return wanted ? holds : sql`(NOT ${holds})`
    }
    default:
      return sql`(${compiler.value(node)} = ${constant(wanted)})`
  }
}

export const operators = { '==': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const
