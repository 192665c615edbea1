// `coalesce(a, b)`: two values that are alike, and the type that holds both.

import { argumentType, differentArguments, nullArgument } from '../messages/types.ts'
import type { Span } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import { datetimeType, isInstant, isNumber, numberType, stringType, type Type } from '../types.ts'
import { type Checker, faulty, isNullLiteral, place } from './context.ts'
import { unify } from './unify.ts'

export function checkCoalesce(checker: Checker, first: TypedNode, second: TypedNode, at: Span): TypedNode {
  for (const value of [first, second]) {
    const { kind } = value.type
    if (isNullLiteral(value)) checker.report(nullArgument('coalesce'), value)
    else if (kind === 'list' || kind === 'collection')
      checker.report(argumentType('coalesce', 'one value', value.type), value)
    else continue
    return faulty(at)
  }
  const pair = unify(first, second, at, (fault, where, ...fixes) => {
    checker.report(
      fault.code === 'T4202' ? differentArguments('coalesce', first.type, second.type) : fault,
      where,
      ...fixes,
    )
  })
  const type = pair && common(pair.left.type, pair.right.type)
  if (!type || type.kind === 'unknown') return faulty(at)
  const values = [pair.left, pair.right].map((value) => widen(value, type))
  return { kind: 'call', type, name: 'coalesce', arguments: values, ...place(at) }
}

/** A date that stands where a datetime is wanted is its midnight. */
export function widen(value: TypedNode, wanted: Type): TypedNode {
  if (value.type.kind !== 'date' || wanted.kind !== 'datetime') return value
  return { kind: 'midnight', type: datetimeType, operand: value, ...place(value) }
}

function common(a: Type, b: Type): Type {
  if (a.kind === 'unknown') return a
  if (b.kind === 'unknown') return b
  if (a.kind === 'enum' && b.kind === 'enum')
    return { kind: 'enum', options: [...new Set([...a.options, ...b.options])] }
  if (isNumber(a) && a.kind !== b.kind) return numberType
  if (isInstant(a) && a.kind !== b.kind) return datetimeType
  if (a.kind === 'duration' && b.kind === 'duration') return a.wholeDays && b.wholeDays ? a : { kind: 'duration' }
  if (a.kind === b.kind) return a
  if (a.kind !== 'string' && b.kind !== 'string' && 'entity' in a) return { kind: 'id', entity: a.entity }
  return stringType
}
