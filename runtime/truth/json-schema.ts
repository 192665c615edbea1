// What a json field accepts: plain JSON of bounded depth and, where declared, what its JSON Schema says.

import * as z from 'zod'
import { textFault } from './text-rules.ts'

/** Deeper values are refused everywhere, so that no recursion over stored JSON can overflow the stack. */
const deepestJson = 32

const compiled = new WeakMap<object, z.ZodType>()

/** The validator of a JSON Schema. Throws an Error that names what it cannot understand. */
export function compileSchema(schema: object): z.ZodType {
  const kept = compiled.get(schema)
  if (kept) return kept
  const type = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
  compiled.set(schema, type)
  return type
}

function depthFault(value: unknown, depth: number): string | undefined {
  if (depth > deepestJson) return `must not be nested deeper than ${deepestJson} levels`
  if (typeof value === 'string') return textFault(value, { type: 'string' })
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must hold finite numbers only'
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value !== 'object') return 'must be JSON'
  for (const [key, item] of Object.entries(value)) {
    const fault = textFault(key, { type: 'string' }) ?? depthFault(item, depth + 1)
    if (fault) return fault
  }
  return undefined
}

export function jsonFault(value: unknown, schema: unknown): string | undefined {
  const fault = depthFault(value, 1)
  if (fault || typeof schema !== 'object' || schema === null) return fault
  const result = compileSchema(schema).safeParse(value)
  if (result.success) return undefined
  const [issue] = result.error.issues
  const where = issue?.path.length ? ` at ${issue.path.join('.')}` : ''
  return `must fit its schema${where}: ${issue?.message ?? 'it does not'}`
}
