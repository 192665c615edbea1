// A module in which the type level can be asked about expressions.

import type { Schema } from 'truthfile/expr'

/** A schema as the literal type of an app's entities. */
const typeText = (schema: Schema): string => {
  const entities = Object.fromEntries(
    [...schema.entities].map(([name, { fields }]) => [name, { fields: Object.fromEntries(fields) }]),
  )
  return JSON.stringify(entities).replaceAll('[', 'readonly [')
}

/** Its beginning, after which `FaultOf<M, …>` can be asked; `from` is the module of the type level. */
export const program = (schema: Schema, from: string): string =>
  `import type { FaultOf } from '${from}'\ntype M = { entities: ${typeText(schema)}; auth: '${schema.auth ?? 'User'}' }`
