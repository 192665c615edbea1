// TypeScript declarations of an app's rows, for the code around it: plain interfaces, which cost the compiler next to
// nothing, where `typeof app` costs it the whole app. `truth types` writes them.

import type { App, Entity, Field } from '../truth/app.ts'
import { isKept } from '../truth/kept-field.ts'
import { kinds } from '../truth/kinds.ts'

/** Other names in the file, which no interface may take. */
const taken = new Set(['App'])

const nameOf = (entity: Entity): string => (taken.has(entity.name) ? `${entity.name}Row` : entity.name)

function valueType(field: Field): string {
  const one = field.relation ? 'string' : kinds[field.type].typescript(field)
  if (!field.many) return one
  return one.includes('|') ? `readonly (${one})[]` : `readonly ${one}[]`
}

const orNull = (field: Field): string => (field.required ? valueType(field) : `${valueType(field)} | null`)

/** The other side of a to-one relation has no value of its own. */
function isMirror(app: App, field: Field): boolean {
  const { relation } = field
  if (!relation || !field.many || relation.inverse === undefined) return false
  return app.entities.get(relation.to)?.fields.get(relation.inverse)?.many !== true
}

/** A field that mirrors a relation is set on the other side. */
const isSettable = ({ system, readonly, relation }: Field): boolean =>
  !system && !readonly && relation?.inverse === undefined

const line = (field: Field, optional: boolean, type: string): string => {
  const about = field.description === undefined ? '' : `  /** ${field.description.replaceAll('*/', '* /')} */\n`
  return `${about}  readonly ${field.name}${optional ? '?' : ''}: ${type}`
}

const block = (name: string, lines: readonly string[]): string =>
  lines.length > 0 ? `export interface ${name} {\n${lines.join('\n')}\n}` : `export type ${name} = Record<never, never>`

function computedType(kind: string): string {
  if (kind === 'boolean') return 'boolean | null'
  if (kind === 'number' || kind === 'integer' || kind === 'duration') return 'number | null'
  return kind === 'json' || kind === 'list' ? 'unknown' : 'string | null'
}

function behaviorsLines(entity: Entity): string[] {
  return [...entity.behaviors.values()].map(({ name, input }) => {
    const fields = [...input.values()].map(
      (field) => `readonly ${field.name}${field.required ? '' : '?'}: ${orNull(field)}`,
    )
    return `  readonly ${name}: ${fields.length > 0 ? `{ ${fields.join('; ')} }` : 'Record<string, never>'}`
  })
}

/** Where relations lead, for `expand`. */
function relationsType(entity: Entity): string {
  const relations = [...entity.fields.values()].flatMap(({ name, relation, many, secret }) =>
    relation && !secret ? [`readonly ${name}: ${many ? `readonly ['${relation.to}']` : `'${relation.to}'`}`] : [],
  )
  return relations.length > 0 ? `{ ${relations.join('; ')} }` : 'Record<never, never>'
}

/** Links can be added and removed, instead of being given whole. */
const changeType = (field: Field): string =>
  field.relation && field.many
    ? `${orNull(field)} | { readonly add?: readonly string[]; readonly remove?: readonly string[] }`
    : orNull(field)

/** A replacement names what is required and does not stay as it is by itself, and gives links whole. */
function replaceType(entity: Entity): string {
  const changes = `${nameOf(entity)}Update`
  const links = [...entity.fields.values()].filter(
    (field) => isSettable(field) && !field.immutable && field.relation && field.many,
  )
  const whole = links.map((field) => `readonly ${field.name}?: ${orNull(field)}`).join('; ')
  const names = links.map((field) => `'${field.name}'`).join(' | ')
  const name = links.length > 0 ? `Omit<${changes}, ${names}> & { ${whole} }` : changes
  const needed = [...entity.fields.values()].filter(
    (field) => isSettable(field) && field.required && field.default === undefined && !isKept(field),
  )
  if (needed.length === 0) return name
  return `${name} & Required<Pick<${changes}, ${needed.map((field) => `'${field.name}'`).join(' | ')}>>`
}

function entityTypes(app: App, entity: Entity): string {
  const name = nameOf(entity)
  const fields = [...entity.fields.values()]
  const sent = fields.filter((field) => !field.secret && !isMirror(app, field))
  const settable = fields.filter(isSettable)
  const computed = [...entity.computed].map(
    ([key, rule]) => `  readonly ${key}: ${computedType(rule.expression.type.kind)}`,
  )
  return [
    // Who may not see a field does not get it.
    block(name, [...sent.map((field) => line(field, field.read !== undefined, orNull(field))), ...computed]),
    block(
      `${name}Create`,
      settable.map((field) => line(field, !field.required || field.default !== undefined, orNull(field))),
    ),
    block(
      `${name}Update`,
      settable.filter(({ immutable }) => !immutable).map((field) => line(field, true, changeType(field))),
    ),
    block(`${name}Behaviors`, behaviorsLines(entity)),
  ].join('\n\n')
}

/** The text of the declarations. */
export function typesText(app: App): string {
  const entities = [...app.entities.values()]
  const rows = entities.map((entity) => {
    const name = nameOf(entity)
    return `    readonly ${entity.name}: { readonly row: ${name}; readonly create: ${name}Create; readonly replace: ${replaceType(entity)}; readonly update: ${name}Update; readonly behaviors: ${name}Behaviors; readonly relations: ${relationsType(entity)} }`
  })
  const whole = `/** For the client: \`createClient<App>(url)\`. */\nexport interface App {\n  readonly types: {\n${rows.join('\n')}\n  }\n}`
  const head = '// Written by `truth types` from the truth file; changes made here are lost.'
  return `${[head, ...entities.map((entity) => entityTypes(app, entity)), whole].join('\n\n')}\n`
}
