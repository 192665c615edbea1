// What a replacement (PUT) leaves alone. The server and the OpenAPI document go by it.

import type { Field } from './app.ts'

/**
 * Whether a field that a replacement does not give stays as it is, and does not return to its default: what cannot be
 * set, and what has a rule of its own, by which the caller may not see it or may not set it.
 */
export const isKept = (field: Field): boolean =>
  field.system ||
  field.readonly ||
  field.immutable ||
  field.secret ||
  field.read !== undefined ||
  field.update !== undefined ||
  field.default?.kind === 'user'
