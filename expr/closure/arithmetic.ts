// Numbers and dates in motion. A chain is computed as it stands; only its result is looked at: what is not finite, or
// beyond the years 0000–9999, is unknown. The SQL does the same, step by step in the same doubles.

import { firstInstant, lastInstant } from '../dates.ts'
import type { ArithmeticOperator } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import type { Closure } from './context.ts'

type Compile = (node: TypedNode) => Closure

/** A number, checked. */
export function numberClosure(node: TypedNode, compile: Compile): Closure {
  const raw = rawNumber(node, compile)
  return (context) => {
    const value = raw(context) as number | null
    return value !== null && Number.isFinite(value) ? value : null
  }
}

function rawNumber(node: TypedNode, compile: Compile): Closure {
  if (node.kind === 'negate') {
    const operand = rawNumber(node.operand, compile)
    return (context) => {
      const value = operand(context)
      return value === null ? null : -(value as number)
    }
  }
  if (node.kind !== 'arithmetic') return compile(node)
  const { operator } = node
  // A divisor is looked at before it is used: a number divided by infinity would be a harmless-looking zero.
  const settled = operator === '/' || operator === '%'
  const left = operator === '%' ? compile(node.left) : rawNumber(node.left, compile)
  const right = settled ? compile(node.right) : rawNumber(node.right, compile)
  const apply = operations[operator]
  return (context) => {
    const a = left(context)
    if (a === null) return null
    const b = right(context)
    return b === null ? null : apply(a as number, b as number)
  }
}

const operations = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? null : a / b),
  '%': (a, b) => (b !== 0 && Number.isSafeInteger(a) && Number.isSafeInteger(b) ? a % b : null),
} as const satisfies Record<ArithmeticOperator, (a: number, b: number) => number | null>

/** A date moved by durations, in milliseconds. */
export function shiftClosure(node: TypedNode, compile: Compile): Closure {
  const raw = rawShift(node, compile)
  return (context) => {
    const instant = raw(context) as number | null
    return instant !== null && instant >= firstInstant && instant <= lastInstant ? instant : null
  }
}

function rawShift(node: TypedNode, compile: Compile): Closure {
  if (node.kind !== 'shift') return compile(node)
  const date = rawShift(node.date, compile)
  const duration = compile(node.duration)
  const sign = node.operator === '+' ? 1 : -1
  return (context) => {
    const from = date(context)
    if (from === null) return null
    const by = duration(context)
    return by === null ? null : (from as number) + sign * (by as number)
  }
}

export function differenceClosure(left: Closure, right: Closure): Closure {
  return (context) => {
    const a = left(context)
    if (a === null) return null
    const b = right(context)
    return b === null ? null : (a as number) - (b as number)
  }
}
