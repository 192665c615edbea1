// Which of true, false and unknown a rule can come to, with nobody or with somebody signed in, whatever the rows hold.
// Every answer it gives is certain; where it cannot tell, it says that all three can be.

import type { TypedNode } from '../../expr/tree.ts'
import type { Rule } from './app.ts'

export type Actor = 'nobody' | 'somebody'

/** A set of truth values, one bit each. */
type Values = number
const isTrue = 1
const isFalse = 2
const isUnknown = 4
const any: Values = isTrue | isFalse | isUnknown

const each = (values: Values): Values[] => [isTrue, isFalse, isUnknown].filter((value) => values & value)

const and = (a: Values, b: Values): Values =>
  a === isFalse || b === isFalse ? isFalse : a === isTrue ? b : b === isTrue ? a : isUnknown
const not = (a: Values): Values => (a === isTrue ? isFalse : a === isFalse ? isTrue : isUnknown)
const or = (a: Values, b: Values): Values => not(and(not(a), not(b)))

const combine = (left: Values, right: Values, table: (a: Values, b: Values) => Values): Values =>
  each(left).reduce((all, a) => each(right).reduce((some, b) => some | table(a, b), all), 0)

/** Whether a value is certainly missing because nobody is signed in. */
function isMissing(node: TypedNode, actor: Actor): boolean {
  if (actor === 'somebody') return false
  const missing = (child: TypedNode): boolean => isMissing(child, actor)
  switch (node.kind) {
    case 'row':
      return node.root === 'user'
    case 'field':
      return missing(node.object)
    case 'arithmetic':
    case 'join':
    case 'difference':
      return missing(node.left) || missing(node.right)
    case 'shift':
      return missing(node.date) || missing(node.duration)
    case 'negate':
    case 'midnight':
      return missing(node.operand)
    case 'count':
      return missing(node.collection)
    case 'call':
      return node.name === 'coalesce' ? node.arguments.every(missing) : node.arguments.some(missing)
    default:
      return false
  }
}

/** The truth values that a boolean node can have. */
function possible(node: TypedNode, actor: Actor): Values {
  switch (node.kind) {
    case 'literal':
      return node.value === true ? isTrue : node.value === false ? isFalse : isUnknown
    case 'authenticated':
      return actor === 'nobody' ? isFalse : isTrue
    case 'logic':
      return combine(possible(node.left, actor), possible(node.right, actor), node.operator === '&&' ? and : or)
    case 'not':
      return each(possible(node.operand, actor)).reduce((all, value) => all | not(value), 0)
    case 'is-user':
      return actor === 'nobody' ? isUnknown : any
    case 'is-null': {
      const present = node.operand.kind === 'row' && node.operand.root === 'user' && actor === 'somebody'
      const missing = isMissing(node.operand, actor)
      return missing || present ? (missing === node.negated ? isFalse : isTrue) : isTrue | isFalse
    }
    case 'compare':
      return isMissing(node.left, actor) || isMissing(node.right, actor) ? isUnknown : any
    case 'in':
      if (isMissing(node.list, actor)) return isUnknown
      // An empty list holds nothing, not even what is missing.
      return isMissing(node.value, actor) ? isUnknown | isFalse : any
    case 'quantifier': {
      if (isMissing(node.collection, actor)) return isUnknown
      const body = possible(node.body, actor)
      const decisive = node.name === 'some' ? isTrue : isFalse
      const ofNone = node.name === 'some' ? isFalse : isTrue
      return ofNone | isUnknown | (body & decisive)
    }
    default:
      return isMissing(node, actor) ? isUnknown : any
  }
}

/** Whether some row could let in a caller who is not signed in. */
export const grantsAnonymous = (rule: Rule): boolean => (possible(rule.expression.tree, 'nobody') & isTrue) !== 0

const constants = new WeakMap<Rule, { readonly value: boolean | undefined }>()

/** True: holds for everybody and every row; false: for nobody and none; undefined: it depends. */
export function constantOf(rule: Rule): boolean | undefined {
  const known = constants.get(rule)
  if (known) return known.value
  const value = findConstant(rule)
  constants.set(rule, { value })
  return value
}

function findConstant(rule: Rule): boolean | undefined {
  const values = possible(rule.expression.tree, 'nobody') | possible(rule.expression.tree, 'somebody')
  if (values === isTrue) return true
  return values & isTrue ? undefined : false
}
