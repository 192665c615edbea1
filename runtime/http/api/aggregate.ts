// GET /api/tasks/aggregate: counts and sums over what the caller may read.

import { type AggregateQuery, aggregateRows, type Measure } from '../../database/records/aggregate.ts'
import type { Caller } from '../../database/records/caller.ts'
import type { Collection } from '../../database/records/collection.ts'
import type { App, Entity, Field } from '../../truth/app.ts'
import { suits as suitsMeasure } from '../../truth/measures.ts'
import { type Call, json, type Outcome } from '../call.ts'
import { badRequest, isRefusal, type Refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { refuseHopeless } from './access.ts'
import { readConditions } from './conditions.ts'
import { nameable, unknownField } from './names.ts'

const most = { groups: 1_000, grouped: 4, measured: 20 }

const own = new Set(['filter', 'search', 'group', 'sum', 'avg', 'min', 'max'])

const suits: Readonly<Record<Measure | 'group', (field: Field) => boolean>> = {
  ...suitsMeasure,
  group: ({ many, type }) => !many && type !== 'json',
}

/** The fields that a parameter names, each of which the caller may name. */
function fieldsOf(
  entity: Entity,
  caller: Caller,
  query: URLSearchParams,
  parameter: Measure | 'group',
): readonly Field[] | Refusal {
  const fields = new Map<string, Field>()
  for (const name of (query.get(parameter) ?? '').split(',').filter((one) => one !== '')) {
    const field = nameable(entity, name, caller)
    if (!field) return unknownField(name)
    if (!suits[parameter](field)) return badRequest(parameter, `\`${parameter}\` cannot be taken of \`${name}\`.`)
    fields.set(name, field)
  }
  return [...fields.values()]
}

function readAggregate(
  app: App,
  collection: Collection,
  caller: Caller,
  query: URLSearchParams,
): AggregateQuery | Refusal {
  const { entity } = collection
  const group = fieldsOf(entity, caller, query, 'group')
  if (isRefusal(group)) return group
  const measures = new Map<Measure, readonly Field[]>()
  for (const name of ['sum', 'avg', 'min', 'max'] as const) {
    const fields = fieldsOf(entity, caller, query, name)
    if (isRefusal(fields)) return fields
    if (fields.length > 0) measures.set(name, fields)
  }
  const count = [...measures.values()].reduce((sum, fields) => sum + fields.length, 0)
  if (group.length > most.grouped) return badRequest('group', `Group by at most ${most.grouped} fields.`)
  if (count > most.measured) return badRequest('parameter', `Ask for at most ${most.measured} sums and the like.`)
  const conditions = readConditions(app, collection, caller, query, own)
  if (isRefusal(conditions)) return conditions
  const names = (fields: readonly Field[]): string => fields.map(({ name }) => name).join()
  const measured = [...measures].map(([name, fields]) => `${name}=${names(fields)}`).join(' ')
  const shape = `${names(group)} ${measured} ${conditions.shape}`
  return { ...conditions, shape, group, measures, limit: most.groups + 1 }
}

export async function aggregate(service: Service, call: Call, collection: Collection): Promise<Outcome> {
  const refused = refuseHopeless([collection.entity.permissions.get('read')], call.caller)
  if (refused) return refused
  const query = readAggregate(service.app, collection, call.caller, call.query)
  if (isRefusal(query)) return query
  const rows = await aggregateRows(service.database.query, collection, call.caller, query)
  if (rows.length > most.groups)
    return badRequest('group', `There are more than ${most.groups} groups. Filter, or group by less.`)
  return json(200, `{"data":[${rows.join(',')}]}`)
}
