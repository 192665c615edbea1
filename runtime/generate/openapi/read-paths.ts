// The operations that read an entity's rows: list, aggregate, one row.

import { answering, refusing, withHeaders } from './answers.ts'
import { idInPath, ifNoneMatch, lastEventId, operation, type Paths, type Subject } from './operation.ts'
import { aggregateParameters, changeParameters, listParameters, projectionParameters } from './parameters.ts'
import { isReadable, refusesStrangers } from './rule.ts'
import { ref } from './schemas.ts'
import type { Json } from './value.ts'

const text = { schema: { type: 'string' } }

/** A page in JSON, or the whole list in the forms that can be streamed. */
function listed(page: Json): Json {
  const answer = answering('A page of rows; as CSV or lines of JSON the whole list, unless `limit` is given.', page)
  const content = { ...(answer.content as object), 'text/csv': text, 'application/x-ndjson': text }
  return { ...answer, content }
}

/** Nothing where nobody may read. */
export function readPaths(subject: Subject): Paths {
  const { app, entity, schemas, shared, at } = subject
  const rule = entity.permissions.get('read')
  if (!rule || schemas.row === undefined || !isReadable(app, entity)) return {}
  const [one, many] = [entity.label.toLowerCase(), entity.labelPlural.toLowerCase()]
  const row = ref(schemas.row)
  const stranger = refusesStrangers(rule) ? ([401] as const) : []
  const rules = [rule]
  const page = {
    type: 'object',
    properties: { data: { type: 'array', items: row }, page: ref(shared.page) },
    required: ['data', 'page'],
  }
  const list = operation(
    subject,
    { id: 'list', summary: `List ${many}`, rules, about: ['Rows that the caller may not read are not there.'] },
    {
      parameters: listParameters(app, entity),
      responses: { 200: listed(page), ...refusing(400, 406, ...stranger) },
    },
  )
  const aggregate = operation(
    subject,
    { id: 'aggregate', summary: `Count and sum ${many}`, rules, about: ['Takes in only what the caller may read.'] },
    {
      parameters: aggregateParameters(entity),
      responses: {
        200: answering('One element for each group; without `group`, one.', ref(shared.groups)),
        ...refusing(400, 406, ...stranger),
      },
    },
  )
  const changes = operation(
    subject,
    {
      id: 'changes',
      summary: `Hear of changes to ${many}`,
      rules,
      about: [
        'Stays open. Events: `ready` or `reset` first; then `created`, `updated` and `enter` with the row, `leave` and `deleted` with its id. A row is told as it is then, by the permission of that moment.',
      ],
    },
    {
      parameters: [...changeParameters(entity), lastEventId],
      responses: {
        200: {
          description: 'Server-sent events.',
          ...withHeaders(),
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...refusing(400, 406, ...stranger),
      },
    },
  )
  const get = operation(
    subject,
    { id: 'get', summary: `Read one ${one}`, rules },
    {
      parameters: [idInPath, ...projectionParameters(app, entity), ifNoneMatch],
      responses: {
        200: answering('The row.', row, 'ETag'),
        304: { description: 'The row is still the one that `If-None-Match` names.', ...withHeaders('ETag') },
        ...refusing(400, 406, 404, ...stranger),
      },
    },
  )
  return {
    [at]: { get: list },
    [`${at}/aggregate`]: { get: aggregate },
    [`${at}/changes`]: { get: changes },
    [`${at}/{id}`]: { get },
  }
}
