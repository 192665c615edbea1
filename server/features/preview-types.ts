// The type of a row in short, as a reader wants to see it: for hover and hints. `runtime/generate/types.ts` writes the
// declarations themselves.

import type { App, Entity, Field } from '../../runtime/truth/app.ts'
import { kinds } from '../../runtime/truth/kinds.ts'

/** The type of a field's value, with what it refers to. */
export function fieldTypeText(field: Field): string {
  if (field.relation) return field.many ? `Id<'${field.relation.to}'>[]` : `Id<'${field.relation.to}'>`
  const one = kinds[field.type].typescript(field)
  if (!field.many) return one
  return one.includes('|') ? `(${one})[]` : `${one}[]`
}

function fieldLine(field: Field): string {
  const readonly = field.system || field.readonly ? 'readonly ' : ''
  const missing = field.required ? '' : ' | null'
  return `${readonly}${field.name}: ${fieldTypeText(field)}${field.many && field.relation ? '' : missing}`
}

/** The row type of an entity; what is secret is not in it. */
export function entityType(app: App, entity: Entity): string {
  const fields = [...entity.fields.values()].filter((field) => !field.secret)
  const lines = fields.map((field) => `  ${fieldLine(field)}`)
  const computed = [...entity.computed].map(
    ([name, rule]) => `  readonly ${name}: ${typeScriptOf(rule.expression.type.kind)} | null`,
  )
  const own = entity.name === app.settings.auth.entity ? '/** Whoever signs in. */\n' : ''
  return `${own}type ${entity.name} = {\n${[...lines, ...computed].join('\n')}\n}`
}

function typeScriptOf(kind: string): string {
  if (kind === 'boolean') return 'boolean'
  if (kind === 'number' || kind === 'integer' || kind === 'duration') return 'number'
  return kind === 'json' || kind === 'list' ? 'unknown' : 'string'
}
