// The checked tree: names resolved, types known, literals converted, every remaining form written out.
// All compilers (closures, SQL) start from it. A record stands for its id wherever a value is wanted.

import type { ArithmeticOperator, ComparisonOperator, Span } from './syntax/ast.ts'
import type { CollectionType, ListType, RecordType, Type } from './types.ts'

export type Root = 'user' | 'entity' | 'next' | 'previous'

type Of<Kind extends string, Rest> = Span & { readonly kind: Kind; readonly type: Type } & Rest

/** Dates are canonical text: `YYYY-MM-DD`, or an instant in UTC with milliseconds. */
export type TypedLiteral = Of<'literal', { readonly value: string | number | boolean | null }>
export type TypedList = Of<'list', { readonly type: ListType; readonly items: readonly TypedNode[] }>
/** A whole row in scope. */
export type TypedRow = Of<'row', { readonly type: RecordType; readonly root: Root }>
/** The row that a lambda is tried on; `index` counts the lambdas around it. */
export type TypedParameter = Of<
  'parameter',
  { readonly type: RecordType; readonly name: string; readonly index: number }
>
/** A value of the behavior's input, or of the event. */
export type TypedSlot = Of<'slot', { readonly source: 'input' | 'event'; readonly field: string }>
export type TypedClock = Of<'clock', { readonly name: 'now' | 'today' }>
export type TypedAuthenticated = Of<'authenticated', unknown>
/** A field of a record: a scalar, a list, the id of a related row, or a collection. */
export type TypedField = Of<'field', { readonly object: TypedRecord; readonly entity: string; readonly field: string }>
/** A record in boolean position: whether it is the current user. */
export type TypedIsUser = Of<'is-user', { readonly operand: TypedNode }>
export type TypedIsNull = Of<'is-null', { readonly operand: TypedNode; readonly negated: boolean }>
export type TypedNot = Of<'not', { readonly operand: TypedNode }>
export type TypedLogic = Of<
  'logic',
  { readonly operator: '&&' | '||'; readonly left: TypedNode; readonly right: TypedNode }
>
export type TypedCompare = Of<
  'compare',
  { readonly operator: ComparisonOperator; readonly left: TypedNode; readonly right: TypedNode }
>
/** Membership in a list literal, a list field, or a collection (by id). */
export type TypedIn = Of<'in', { readonly value: TypedNode; readonly list: TypedNode }>
export type TypedArithmetic = Of<
  'arithmetic',
  { readonly operator: ArithmeticOperator; readonly left: TypedNode; readonly right: TypedNode }
>
export type TypedNegate = Of<'negate', { readonly operand: TypedNode }>
export type TypedJoin = Of<'join', { readonly left: TypedNode; readonly right: TypedNode }>
/** A date moved by a duration. */
export type TypedShift = Of<
  'shift',
  { readonly operator: '+' | '-'; readonly date: TypedNode; readonly duration: TypedNode }
>
/** The duration between two dates. */
export type TypedDifference = Of<'difference', { readonly left: TypedNode; readonly right: TypedNode }>
/** A date read as the datetime at its midnight in UTC. */
export type TypedMidnight = Of<'midnight', { readonly operand: TypedNode }>
export type TypedCall = Of<'call', { readonly name: FunctionName; readonly arguments: readonly TypedNode[] }>
export type TypedQuantifier = Of<
  'quantifier',
  {
    readonly name: 'some' | 'every'
    readonly collection: TypedCollection
    readonly parameter: string
    readonly index: number
    readonly body: TypedNode
  }
>
export type TypedCount = Of<'count', { readonly collection: TypedCollection }>

/** The functions and methods that are rows of `functions.ts`; the others have nodes of their own. */
export type FunctionName =
  | 'days'
  | 'hours'
  | 'minutes'
  | 'abs'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'min'
  | 'max'
  | 'coalesce'
  | 'string.length'
  | 'string.startsWith'
  | 'string.endsWith'
  | 'string.includes'
  | 'string.toLowerCase'
  | 'string.toUpperCase'
  | 'string.trim'
  | 'list.length'

export type TypedNode =
  | TypedLiteral
  | TypedList
  | TypedRow
  | TypedParameter
  | TypedSlot
  | TypedClock
  | TypedAuthenticated
  | TypedField
  | TypedIsUser
  | TypedIsNull
  | TypedNot
  | TypedLogic
  | TypedCompare
  | TypedIn
  | TypedArithmetic
  | TypedNegate
  | TypedJoin
  | TypedShift
  | TypedDifference
  | TypedMidnight
  | TypedCall
  | TypedQuantifier
  | TypedCount

/** A node whose type is a record: a row in scope, a relation field, a call of `coalesce`. */
export type TypedRecord = TypedNode & { readonly type: RecordType }
/** A relation field with `many`. */
export type TypedCollection = TypedField & { readonly type: CollectionType }

export const isRecord = (node: TypedNode): node is TypedRecord => node.type.kind === 'record'
export const isCollection = (node: TypedNode): node is TypedCollection =>
  node.kind === 'field' && node.type.kind === 'collection'

/** The parts of `a && b && c`, so that a long chain costs no nesting. */
export function chainOf(node: TypedLogic): readonly TypedNode[] {
  const parts: TypedNode[] = []
  let first: TypedNode = node
  while (first.kind === 'logic' && first.operator === node.operator) {
    parts.push(first.right)
    first = first.left
  }
  return [...parts, first].reverse()
}
