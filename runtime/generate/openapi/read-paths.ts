// The operations that read an entity's rows: list, aggregate, one row.

import { answering, refusing, withHeaders } from './answers.ts'
import { idInPath, ifNoneMatch, operation, type Paths, type Subject } from './operation.ts'
import { aggregateParameters, listParameters, projectionParameters } from './parameters.ts'
import { isReadable, refusesStrangers } from './rule.ts'
import { ref } from './schemas.ts'

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
      responses: { 200: answering('A page of rows.', page), ...refusing(400, ...stranger) },
    },
  )
  const aggregate = operation(
    subject,
    { id: 'aggregate', summary: `Count and sum ${many}`, rules, about: ['Takes in only what the caller may read.'] },
    {
      parameters: aggregateParameters(entity),
      responses: {
        200: answering('One element for each group; without `group`, one.', ref(shared.groups)),
        ...refusing(400, ...stranger),
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
        ...refusing(400, 404, ...stranger),
      },
    },
  )
  return { [at]: { get: list }, [`${at}/aggregate`]: { get: aggregate }, [`${at}/{id}`]: { get } }
}
