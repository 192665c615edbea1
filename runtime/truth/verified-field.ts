// Whether an app keeps whose e-mail addresses are known to be theirs.

import type { Entity } from './app.ts'

const name = 'emailVerified'

/**
 * The field of the auth entity that says so: a readonly boolean `emailVerified`, which the runtime sets and rules read.
 * One that callers may set tells nothing and is left alone.
 */
export function verifiedField(entity: Pick<Entity, 'fields'>): string | undefined {
  const field = entity.fields.get(name)
  return field?.type === 'boolean' && field.readonly && !field.many ? name : undefined
}
