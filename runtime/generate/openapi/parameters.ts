// The parameters of lists, rows and aggregates, for the fields of one entity. What is not offered here is what no caller
// may name.

import type { App, Entity, Field } from '../../truth/app.ts'
import { searchFields } from '../search.ts'
import { type Json, soughtSchema } from './value.ts'

const parameter = (name: string, description: string, schema: Json, more: Json = {}): Json => ({
  name,
  in: 'query',
  description,
  schema,
  ...more,
})

/** Names separated by commas. */
const separated = (name: string, description: string, items: Json, more: Json = {}): Json =>
  parameter(name, description, { type: 'array', items, ...more }, { style: 'form', explode: false })

/** Whether there may be a caller who can name the field: whoever does must be allowed to read it in every row. */
const isNameable = ({ secret, read }: Field): boolean => !secret && !read?.readsRow && !read?.followsRelations

const isPlain = ({ many, type }: Field): boolean => !many && type !== 'json'

const nameableFields = ({ fields }: Entity): readonly Field[] => [...fields.values()].filter(isNameable)

const oneOf = (names: readonly string[]): Json => ({ type: 'string', enum: names })

const namesOf = (fields: readonly Field[]): readonly string[] => fields.map(({ name }) => name)

/** Any of the values; the bounds of what is stored do not bind what is looked for. */
function equals(field: Field): Json {
  const about = `Rows in which \`${field.name}\` is this; given several times, any of them.`
  const limited = field.read ? ' Refused to whoever may not read the field.' : ''
  const items = soughtSchema(field)
  return parameter(
    field.name,
    about + limited,
    { type: 'array', items, maxItems: 100 },
    { style: 'form', explode: true },
  )
}

/** `filter`, `search` and `field=value`; a field of the name of another parameter is left to `filter`. */
function conditions(entity: Entity, others: readonly string[]): Json[] {
  const reserved = new Set(['filter', 'search', ...others])
  const fields = nameableFields(entity).filter((field) => isPlain(field) && !reserved.has(field.name))
  const filter = parameter(
    'filter',
    "An expression over the row, such as `status == 'todo' && dueDate < today()`. Names that the caller may not read are refused like names that do not exist.",
    { type: 'string' },
  )
  const search = parameter(
    'search',
    'Rows in which every one of these words (at most 20) begins a word of a searchable text.',
    { type: 'string', minLength: 1, maxLength: 300 },
  )
  return [filter, ...(searchFields(entity).length > 0 ? [search] : []), ...fields.map(equals)]
}

/** How a row is written. */
export function projectionParameters(app: App, entity: Entity): Json[] {
  const fields = nameableFields(entity)
  const relations = fields.filter(({ relation }) => relation && app.entities.has(relation.to))
  const names = [...namesOf(fields), ...entity.computed.keys()]
  const expand = separated(
    'expand',
    `Relations (${relations.map(({ name }) => `\`${name}\``).join(', ')}), also of the rows that they lead to: \`${relations[0]?.name ?? ''}.owner\`. The rows stand in place of their ids, \`null\` where the caller may not read them: the answer is then not the one described below. A path has at most three names and leads through at most one relation to many, of which the first 100 rows are written.`,
    { type: 'string' },
    { maxItems: 10 },
  )
  return [
    separated('fields', 'Writes these fields alone, beside the id.', oneOf(names)),
    ...(relations.length > 0 ? [expand] : []),
    parameter('can', 'Adds `_can`: what the caller may do with the row.', { type: 'boolean', default: false }),
  ]
}

const deleted = parameter('deleted', 'Lists rows that were deleted and that the caller may restore instead.', {
  type: 'boolean',
  default: false,
})

/** Which changes of which rows are told. */
export const changeParameters = (entity: Entity): Json[] => [
  parameter('since', 'As `Last-Event-ID`, for clients that cannot send it.', {
    type: 'string',
    pattern: '^[0-9]{1,15}$',
  }),
  ...conditions(entity, ['since']).filter(({ name }) => name !== 'search'),
]

export function listParameters(app: App, entity: Entity): Json[] {
  const { pageSize, maxPageSize } = app.settings.api
  const sortable = namesOf(nameableFields(entity).filter(isPlain))
  const own = [
    separated(
      'sort',
      'A minus in front sorts downwards. Missing values come first, and `id` breaks ties.',
      oneOf(sortable.flatMap((name) => [name, `-${name}`])),
      { maxItems: 8 },
    ),
    parameter('limit', 'Rows of a page.', {
      type: 'integer',
      minimum: 1,
      maximum: maxPageSize,
      default: entity.ui.pageSize ?? pageSize,
    }),
    parameter('after', '`page.next` of the page before: stable while rows are added.', { type: 'string' }),
    parameter('offset', 'Rows to skip.', { type: 'integer', minimum: 0, maximum: 10_000, default: 0 }),
    parameter('count', 'Adds `page.total`.', { type: 'boolean', default: false }),
    ...(entity.softDelete ? [deleted] : []),
    ...projectionParameters(app, entity),
  ]
  return [...own, ...conditions(entity, [...own.map(({ name }) => String(name)), 'expand'])]
}

const isNumber = ({ type }: Field): boolean => type === 'number' || type === 'integer'

const isOrdered = ({ type }: Field): boolean => type !== 'boolean' && type !== 'relation'

export function aggregateParameters(entity: Entity): Json[] {
  const plain = nameableFields(entity).filter(isPlain)
  const [numbers, ordered] = [plain.filter(isNumber), plain.filter(isOrdered)]
  const measures = [
    ['sum', 'Sums', numbers],
    ['avg', 'Averages', numbers],
    ['min', 'The least values', ordered],
    ['max', 'The greatest values', ordered],
  ] as const
  const group = separated(
    'group',
    'One element for each group of rows that are alike in these fields, at most 1,000 in all.',
    oneOf(namesOf(plain)),
    { maxItems: 4 },
  )
  const own = [
    group,
    ...measures.flatMap(([name, about, fields]) =>
      fields.length > 0 ? [separated(name, `${about} of these fields.`, oneOf(namesOf(fields)))] : [],
    ),
  ]
  return [...own, ...conditions(entity, ['group', 'sum', 'avg', 'min', 'max'])]
}
