// Comparison and membership of values that are already computed; null in, null out.

import type { ComparisonOperator } from '../syntax/ast.ts'
import type { Closure, Value } from './context.ts'
import type { Reader } from './read.ts'

type Numbers = (a: number, b: number) => boolean

const orders = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
} as const satisfies Partial<Record<ComparisonOperator, Numbers>>

/** The operator that is true where this one is false, of two values that are there. */
export const opposite = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
} as const satisfies Record<ComparisonOperator, ComparisonOperator>

/** The comparison as a value: true, false, or null when a side is missing. */
export function compareClosure(operator: ComparisonOperator, left: Closure, right: Closure): Closure {
  if (operator === '==' || operator === '!=') {
    const equal = operator === '=='
    return (context) => {
      const a = left(context)
      if (a === null) return null
      const b = right(context)
      return b === null ? null : (a === b) === equal
    }
  }
  const order: Numbers = orders[operator]
  return (context) => {
    const a = left(context)
    if (a === null) return null
    const b = right(context)
    return b === null ? null : order(a as number, b as number)
  }
}

/** Whether a value is among others, one of which may be missing. The list is not empty. */
export function inItems(value: Closure, items: readonly Closure[]): Closure {
  return (context) => {
    const wanted = value(context)
    if (wanted === null) return null
    let unknown = false
    for (const item of items) {
      const found = item(context)
      if (found === wanted) return true
      if (found === null) unknown = true
    }
    return unknown ? null : false
  }
}

/** Whether a value is among constants. */
export function inConstants(value: Closure, constants: readonly Value[]): Closure {
  const set = new Set(constants)
  return (context) => {
    const wanted = value(context)
    return wanted === null ? null : set.has(wanted)
  }
}

/** Whether a value is in a stored list, whose elements are read one by one. */
export function inList(value: Closure, list: Closure, read: Reader): Closure {
  return (context) => {
    const elements = list(context) as readonly unknown[] | null
    if (elements === null) return null
    if (elements.length === 0) return false
    const wanted = value(context)
    if (wanted === null) return null
    let unknown = false
    for (const element of elements) {
      const found = read(element)
      if (found === wanted) return true
      if (found === null) unknown = true
    }
    return unknown ? null : false
  }
}
