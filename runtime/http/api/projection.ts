// The parameters that say how a row is written: `fields`, `expand`, `can`.

import type { Caller } from '../../database/records/caller.ts'
import type { Expansion, Projection } from '../../database/records/projection.ts'
import type { App, Entity } from '../../truth/app.ts'
import { badRequest, isRefusal, type Refusal } from '../refusal.ts'
import { showable, unknownField } from './names.ts'

/** Names of the parameters. */
export const projectionParameters: readonly string[] = ['fields', 'expand', 'can']

const most = { paths: 10, hops: 3 }

type Growing = Map<string, Growing>

const parts = (text: string | null): readonly string[] => (text === null || text === '' ? [] : text.split(','))

function addPath(app: App, start: Entity, path: string, caller: Caller, into: Growing): Refusal | undefined {
  const names = path.split('.')
  if (names.length > most.hops) return badRequest('expand', `A path to expand has at most ${most.hops} names.`)
  let entity = start
  let level = into
  let many = 0
  for (const name of names) {
    // The rows that it leads to are read through their own `read` rule; here only the name is in question.
    const field = showable(entity, name, caller)
    if (!field) return unknownField(name)
    const target = app.entities.get(field.relation?.to ?? '')
    if (!target) return badRequest('expand', `\`${name}\` is no relation and cannot be expanded.`)
    if (field.many) many += 1
    if (many > 1) return badRequest('expand', 'A path to expand leads through at most one relation to many.')
    const next: Growing = level.get(name) ?? new Map()
    level.set(name, next)
    level = next
    entity = target
  }
  return undefined
}

const keyOf = (expansion: Expansion): string =>
  [...expansion]
    .map(([name, inner]) => `${name}(${keyOf(inner)})`)
    .sort()
    .join()

function expandOf(app: App, entity: Entity, caller: Caller, text: string | null): Growing | Refusal {
  const paths = parts(text)
  if (paths.length > most.paths) return badRequest('expand', `Expand at most ${most.paths} paths.`)
  const expand: Growing = new Map()
  for (const path of paths) {
    const refused = addPath(app, entity, path, caller, expand)
    if (refused) return refused
  }
  return expand
}

function fieldsOf(entity: Entity, caller: Caller, text: string | null): ReadonlySet<string> | undefined | Refusal {
  if (text === null) return undefined
  const names = parts(text)
  for (const name of names) if (!entity.computed.has(name) && !showable(entity, name, caller)) return unknownField(name)
  return new Set(names)
}

/** How the rows are to be written; undefined for the plain whole. */
export function readProjection(
  app: App,
  entity: Entity,
  caller: Caller,
  query: URLSearchParams,
): Projection | undefined | Refusal {
  if (!projectionParameters.some((name) => query.has(name))) return undefined
  const can = query.get('can')
  if (can !== null && can !== 'true' && can !== 'false') return badRequest('parameter', '`can` is true or false.')
  const fields = fieldsOf(entity, caller, query.get('fields'))
  if (isRefusal(fields)) return fields
  const expand = expandOf(app, entity, caller, query.get('expand'))
  if (isRefusal(expand)) return expand
  const key = `${fields ? [...fields].sort().join() : '*'} ${keyOf(expand)} ${can}`
  return { key, ...(fields && { fields }), expand, can: can === 'true' }
}
