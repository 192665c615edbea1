// The operators that can follow a value, by what it is.

import type { Scope } from '../scope.ts'
import { authOf } from '../scope.ts'
import type { Node } from '../syntax/ast.ts'
import { isInstant, isNumber, type Type } from '../types.ts'
import type { Inspected } from './inspect.ts'
import type { Item } from './items.ts'

const operator = (label: string, detail: string, insert = `${label} $0`): Item => ({
  label,
  kind: 'operator',
  detail,
  insert,
})

const and = operator('&&', 'and')
const or = operator('||', 'or')
const equal = operator('==', 'is')
const unequal = operator('!=', 'is not')
const among = operator('in', 'is among', 'in [$0]')
const orders = [
  operator('<', 'less than'),
  operator('<=', 'at most'),
  operator('>', 'more than'),
  operator('>=', 'at least'),
]
const sums = [operator('+', 'plus'), operator('-', 'minus')]
const products = [operator('*', 'times'), operator('/', 'divided by')]

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in'])

/** What can follow the end of an expression. */
export function operatorItems({ tree, parts, parents }: Inspected, scope: Scope): Item[] {
  if (!tree) return []
  const last = innermost([...(parents.size > 0 ? parents.keys() : []), tree], tree.end)
  if (!last) return []
  const inner = parts.get(last)?.typed.type ?? { kind: 'unknown' }
  let compared = false
  let condition = isCondition(inner, scope)
  for (let at = parents.get(last); at && at.end >= last.end; at = parents.get(at)) {
    if (at.kind === 'binary' && comparisons.has(at.operator)) compared = true
    if (isCondition(parts.get(at)?.typed.type ?? { kind: 'unknown' }, scope)) condition = true
  }
  const logic = condition || inner.kind === 'unknown' ? [and, or] : []
  if (compared) return [...logic, ...arithmetic(inner)]
  return inner.kind === 'boolean'
    ? [...logic, equal, unequal]
    : [...comparisonItems(inner), ...logic, ...arithmetic(inner)]
}

/** The smallest node that ends where the text ends: `user.role` in `a && user.role`. */
function innermost(nodes: readonly Node[], end: number): Node | undefined {
  return nodes.filter((node) => node.end === end && node.kind !== 'error').sort((a, b) => b.start - a.start)[0]
}

const isCondition = (type: Type, scope: Scope): boolean =>
  type.kind === 'boolean' || (type.kind === 'record' && type.entity === authOf(scope.schema))

function comparisonItems(type: Type): Item[] {
  if (type.kind === 'list' || type.kind === 'collection' || type.kind === 'json')
    return [equal, unequal].slice(type.kind === 'json' ? 0 : 2)
  const items = [equal, unequal, among]
  return isNumber(type) || isInstant(type) || type.kind === 'duration' ? [...items, ...orders] : items
}

function arithmetic(type: Type): Item[] {
  if (isNumber(type)) return [...sums, ...products]
  if (isInstant(type)) return sums
  return type.kind === 'string' ? sums.slice(0, 1) : []
}
