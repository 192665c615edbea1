// The declaration of a field that is used but not there, as far as its use tells what it must hold.

import type { FieldSchema, Schema } from '../../expr/index.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { App } from '../../runtime/truth/app.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import { type Node, nodeAt, type Path } from '../../runtime/truth/node.ts'
import { problemsOf } from './problems.ts'

/** The text of a new field's declaration; undefined where no type fits, or the name is taken. */
export function fieldFor(
  analysis: Analysis,
  entity: string,
  name: string,
  path: Path,
  site: Site | undefined,
): string | undefined {
  const { draft: app, root } = analysis
  const known = app?.entities.get(entity)
  if (!app || !root || !known || known.fields.has(name) || known.computed.has(name)) return undefined
  if (site) return forExpression(app, entity, name, site)
  const [room, , part, , key] = path.map(String)
  const auth = app.settings.auth.entity
  if (room === 'entities' && part === 'owner') return auth === undefined ? undefined : relation(auth)
  if (room === 'entities' && part === 'fields') return relation(String(path[1]))
  if (room === 'views' && part === 'groupBy') return of('boolean')
  if (room === 'views' && part === 'dateField') return of('date')
  if (room === 'views' && part === 'metrics') return of('number')
  const isSet = (room === 'entities' && part === 'behaviors') || (room === 'workflows' && key === 'set')
  return isSet ? forValue(nodeAt(root, path), auth) : of('string')
}

const of = (type: string, more = ''): string => `{ type: '${type}'${more} }`
const relation = (to: string): string => of('relation', `, to: '${to}'`)

/** By the value that it is set to. */
function forValue(node: Node | undefined, auth: string | undefined): string | undefined {
  if (node?.kind === 'boolean') return of('boolean')
  if (node?.kind === 'number') return of(Number.isInteger(node.value) ? 'integer' : 'number')
  if (node?.kind !== 'string') return undefined
  if (node.value === 'now') return of('datetime')
  return node.value === 'user' && auth !== undefined ? relation(auth) : of('string')
}

const scalars = ['string', 'boolean', 'integer', 'datetime'] as const

/** The first type with which the expression has fewer problems; the auth entity's fields decide, so nobody sets them. */
function forExpression(app: App, entity: string, name: string, site: Site): string | undefined {
  const auth = app.settings.auth.entity
  const guard = entity === auth && site.scope.place !== 'workflow' ? ', readonly: true' : ''
  const before = problemsOf(site).length
  const choices: readonly (readonly [text: string, field: FieldSchema])[] = [
    ...scalars.map((type) => [of(type, guard), { type }] as const),
    ...(auth === undefined ? [] : [[relation(auth), { type: 'relation', to: auth }] as const]),
  ]
  let best = { text: '', count: before }
  for (const [text, field] of choices) {
    const count = problemsOf(site, withField(app.schema, entity, name, field)).length
    if (count < best.count) best = { text, count }
    if (count === 0) break
  }
  return best.text || undefined
}

/** A schema with one more field. */
export function withField(schema: Schema, entity: string, name: string, field: FieldSchema): Schema {
  const own = schema.entities.get(entity)
  if (!own) return schema
  const fields = new Map(own.fields).set(name, field)
  return { ...schema, entities: new Map(schema.entities).set(entity, { ...own, fields }) }
}
