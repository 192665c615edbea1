// What an atom asks of the variables: that one is in some of its cases, or that two ids are the same or not.

import { opposite } from '../closure/compare.ts'
import type { ComparisonOperator } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import { isNumber } from '../types.ts'
import { type Case, constantOf, opaque, pathOf, type Variable } from './domain.ts'
import type { Atom } from './formula.ts'

export type Constraint =
  | { readonly kind: 'cases'; readonly variable: Variable; readonly allowed: readonly boolean[] }
  /** Two ids that are there and are the same, or are there and differ. */
  | { readonly kind: 'equal' | 'different'; readonly left: Variable; readonly right: Variable }
  /** One of these. */
  | { readonly kind: 'either'; readonly of: readonly Constraint[] }

type Variables = ReadonlyMap<string, Variable>

const inCases = (variable: Variable, test: (one: Case) => boolean): Constraint => ({
  kind: 'cases',
  variable,
  allowed: variable.cases.map(test),
})

const isMissing = (one: Case): boolean => one.is === 'missing'

/** The constraint of an atom. */
export function constraintOf(atom: Atom, variables: Variables): Constraint {
  return known(atom, variables) ?? opaqueConstraint(atom)
}

function opaqueConstraint({ node, source, wanted, holds }: Atom): Constraint {
  const variable = opaque(source.slice(node.start, node.end))
  return inCases(variable, (one) => (one.is === 'value' && one.value === wanted) === holds)
}

function known({ node, wanted, holds }: Atom, variables: Variables): Constraint | undefined {
  const variable = (part: TypedNode): Variable | undefined => variables.get(pathOf(part) ?? '')
  /** The cases in which a test comes out as wanted; a missing value never does. */
  const where = (found: Variable, test: (one: Case) => boolean): Constraint =>
    inCases(found, (one) => (!isMissing(one) && test(one) === wanted) === holds)
  switch (node.kind) {
    case 'authenticated': {
      const user = variables.get('user.id')
      return user && inCases(user, (one) => (!isMissing(one) === wanted) === holds)
    }
    case 'field': {
      const found = variable(node)
      return found && where(found, (one) => one.is === 'value' && one.value === true)
    }
    case 'is-null': {
      const found = variable(node.operand)
      return found && inCases(found, (one) => ((isMissing(one) !== node.negated) === wanted) === holds)
    }
    case 'is-user': {
      const [left, right] = [variable(node.operand), variables.get('user.id')]
      return left && right && !isNamed(left) && !isNamed(right) ? sameness(left, right, wanted, holds) : undefined
    }
    case 'in': {
      const found = variable(node.value)
      const items = node.list.kind === 'list' ? node.list.items.map(constantOf) : [undefined]
      if (!found || items.includes(undefined)) return undefined
      return where(found, (one) => one.is === 'value' && items.includes(one.value))
    }
    case 'compare':
      return comparison(node, wanted, holds, variables, where)
    default:
      return undefined
  }
}

/** Ids that are compared with constants as well are beyond the search. */
const isNamed = ({ cases }: Variable): boolean => cases.some(({ is }) => is === 'value')

function comparison(
  node: TypedNode & { readonly kind: 'compare' },
  wanted: boolean,
  holds: boolean,
  variables: Variables,
  where: (found: Variable, test: (one: Case) => boolean) => Constraint,
): Constraint | undefined {
  const left = variables.get(pathOf(node.left) ?? '')
  const right = variables.get(pathOf(node.right) ?? '')
  const equality = node.operator === '==' || node.operator === '!='
  if (left && right) {
    const ids = [left, right].every(({ type }) => type.kind === 'record' || type.kind === 'id')
    if (!equality || !ids || isNamed(left) || isNamed(right)) return undefined
    return sameness(left, right, (node.operator === '==') === wanted, holds)
  }
  const found = left ?? right
  const constant = constantOf(left ? node.right : node.left)
  if (!found || constant === undefined) return undefined
  if (typeof constant === 'boolean' || (typeof constant === 'number' && !isNumber(found.type) && !isOrdered(found)))
    return typeof constant === 'boolean'
      ? where(found, (one) => (one.is === 'value' && one.value === constant) === (node.operator === '=='))
      : undefined
  const operator = left ? node.operator : mirrored[node.operator]
  return where(found, (one) => compares(one, operator, constant))
}

const isOrdered = ({ type }: Variable): boolean =>
  type.kind === 'date' || type.kind === 'datetime' || type.kind === 'duration'

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const

/** Whether every value of a case compares so with a constant; the constants are points of the cases. */
function compares(one: Case, operator: ComparisonOperator, constant: string | number): boolean {
  if (operator === '!=' || operator === '>=' || operator === '>') return !compares(one, opposite[operator], constant)
  if (one.is === 'value') {
    if (operator === '==') return one.value === constant
    return operator === '<' ? one.value < constant : one.value <= constant
  }
  if (one.is !== 'between' || operator === '==') return false
  return one.high !== undefined && one.high <= Number(constant)
}

/** Whether two ids are the same (`equal`) or differ; missing ones are neither. */
function sameness(left: Variable, right: Variable, equal: boolean, holds: boolean): Constraint {
  if (holds) return { kind: equal ? 'equal' : 'different', left, right }
  const missing = [left, right].map((variable) => inCases(variable, isMissing))
  return { kind: 'either', of: [...missing, { kind: equal ? 'different' : 'equal', left, right }] }
}
