// What the parts of the checker share while one expression is checked.

import type { Report } from '../problems.ts'
import type { Scope } from '../scope.ts'
import type { Node, Span } from '../syntax/ast.ts'
import type { TypedLiteral, TypedNode } from '../tree.ts'
import { unknownType } from '../types.ts'

export type Checker = {
  readonly source: string
  readonly scope: Scope
  /** The entity whose rows are the users. */
  readonly auth: string
  readonly report: Report
  /** The lambda parameters around the place being checked, outermost first. */
  readonly parameters: { readonly name: string; readonly entity: string }[]
  /** Checks a part of the expression; the parts call each other through this. */
  readonly check: (node: Node) => TypedNode
}

/** Stands for a part whose fault is reported. */
export const faulty = (at: Span): TypedLiteral => ({
  kind: 'literal',
  type: unknownType,
  value: null,
  start: at.start,
  end: at.end,
})

/** The place of a node, for building another in its stead. */
export const place = (at: Span): Span => ({ start: at.start, end: at.end })

/** The text that a node was written as. */
export const textOf = (checker: Checker, at: Span): string => checker.source.slice(at.start, at.end)

export const isNullLiteral = (node: TypedNode): boolean => node.kind === 'literal' && node.type.kind === 'null'
export const isTextLiteral = (node: TypedNode): node is TypedLiteral =>
  node.kind === 'literal' && node.type.kind === 'string'

/** Whether the value does not depend on anything: neither rows, nor the user, nor the time. */
export function isConstant(node: TypedNode): boolean {
  switch (node.kind) {
    case 'literal':
      return true
    case 'list':
      return node.items.every(isConstant)
    case 'arithmetic':
    case 'join':
    case 'difference':
      return isConstant(node.left) && isConstant(node.right)
    case 'shift':
      return isConstant(node.date) && isConstant(node.duration)
    case 'negate':
      return isConstant(node.operand)
    case 'call':
      return node.arguments.every(isConstant)
    default:
      return false
  }
}
