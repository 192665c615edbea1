// Random models with data, and a second model to which they are to be brought.

import fc from 'fast-check'
import type { SmallEntity, SmallField } from '../helpers/small-app.ts'

export type Fields = { readonly [name: string]: SmallField }
export type Model = { readonly [entity: string]: SmallEntity & { readonly fields: Fields } }

const uuid = '0190163d-8694-739b-aea5-966c26f8ad90'
const words = [
  'a',
  'b',
  '5',
  'true',
  'it’s "so"',
  "it's",
  '1.5',
  '2026-02-29',
  '2026-01-02',
  '2026-01-02T03:04:05.678Z',
  uuid,
  '[1]',
  '',
]

const anyOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const day = anyOf('2026-01-02', '0001-01-01', '2024-02-29')
const instant = anyOf('2026-01-02T00:00:00.000Z', '2026-01-02T03:04:05.678Z')

const scalars = ['text', 'string', 'integer', 'number', 'boolean', 'date', 'datetime', 'uuid', 'enum', 'json'] as const

/** A value of a field that is no relation. */
export function valueFor({ type = 'text', options = [], many }: SmallField): fc.Arbitrary<unknown> {
  if (many) return fc.array(valueFor({ type, options }), { maxLength: 3 })
  switch (type) {
    case 'integer':
      return anyOf(0, 1, 5, -3, 9007199254740991)
    case 'number':
      return anyOf(0, 1, 1.5, -2, 0.1 + 0.2, 5)
    case 'boolean':
      return fc.boolean()
    case 'date':
      return day
    case 'datetime':
      return instant
    case 'uuid':
      return fc.constant(uuid)
    case 'enum':
      return anyOf(...options)
    case 'json':
      return anyOf<unknown>('a', 5, 1.5, true, { a: ["it's"] }, ['a', 5, true], [])
    default:
      return anyOf(...words)
  }
}

const scalarField = fc
  .record({
    type: anyOf(...scalars),
    many: fc.boolean(),
    required: fc.boolean(),
    unique: fc.constantFrom(false, false, false, false, false, true),
    index: fc.boolean(),
    options: anyOf(['a', 'b'], ['b', '5', 'true'], ["it's", 'a']),
  })
  .chain(({ options, ...field }): fc.Arbitrary<SmallField> => {
    const whole = {
      ...field,
      many: field.many && field.type !== 'json',
      unique: field.unique && field.type !== 'json' && !field.many,
      ...(field.type === 'enum' && { options }),
    }
    return valueFor(whole).map((value) => (field.required ? { ...whole, default: { kind: 'value', value } } : whole))
  })

const relationField = (entities: readonly string[]): fc.Arbitrary<SmallField> =>
  fc.record({ to: anyOf(...entities), many: fc.boolean(), onDelete: anyOf('restrict', 'cascade', 'setNull') })

const fieldsOf = (entities: readonly string[], former: readonly string[]): fc.Arbitrary<Fields> => {
  const field = fc.oneof({ weight: 3, arbitrary: scalarField }, { weight: 1, arbitrary: relationField(entities) })
  const renamed = former.length === 0 ? fc.constant(undefined) : fc.option(anyOf(...former), { nil: undefined })
  return fc
    .tuple(fc.dictionary(anyOf('f', 'g', 'h', 'i'), field, { maxKeys: 4, noNullPrototype: true }), field, renamed)
    .map(([fields, extra, from]) =>
      from === undefined || from in fields ? fields : { ...fields, renamed: { ...extra, renamedFrom: from } },
    )
}

/** A first model: a few entities. */
export const firstModel: fc.Arbitrary<Model> = fc
  .subarray(['A', 'B', 'C'], { minLength: 1 })
  .chain((names) =>
    fc.record(Object.fromEntries(names.map((name) => [name, fc.record({ fields: fieldsOf(names, []) })]))),
  )

/** A second one: some entities stay, one may be renamed, one may be new. */
export const nextModel = (first: Model): fc.Arbitrary<Model> =>
  fc
    .record({
      stay: fc.subarray(Object.keys(first)),
      renamed: fc.option(anyOf(...Object.keys(first)), { nil: undefined }),
      fresh: fc.boolean(),
    })
    .chain(({ stay, renamed, fresh }) => {
      const taken = renamed !== undefined && !stay.includes(renamed) ? renamed : undefined
      const names = [...stay, ...(taken === undefined ? [] : ['R']), ...(fresh || stay.length === 0 ? ['New'] : [])]
      const entity = (name: string): fc.Arbitrary<Model[string]> => {
        const from = name === 'R' ? taken : name
        return fieldsOf(names, Object.keys(first[from ?? '']?.fields ?? {})).map((fields) => ({
          fields,
          ...(name === 'R' && taken !== undefined && { renamedFrom: taken }),
        }))
      }
      return fc.record(Object.fromEntries(names.map((name) => [name, entity(name)])))
    })

export type Row = { readonly id: string; readonly values: { readonly [field: string]: unknown } }
export type Data = { readonly [entity: string]: readonly Row[] }

const rowsEach = 3

/** Rows of a model. Relations lead to any rows, or nowhere. */
export function dataOf(model: Model): fc.Arbitrary<Data> {
  const idsOf = (entity: string): string[] => Array.from({ length: rowsEach }, (_, index) => `${entity}${index}`)
  const cell = (field: SmallField): fc.Arbitrary<unknown> => {
    if (field.to === undefined) return field.required ? valueFor(field) : fc.option(valueFor(field), { freq: 4 })
    return field.many ? fc.subarray(idsOf(field.to)) : fc.option(anyOf(...idsOf(field.to)), { freq: 4 })
  }
  const row = ({ fields }: Model[string], id: string): fc.Arbitrary<Row> =>
    fc
      .record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, cell(field)])))
      .map((values) => ({ id, values }))
  return fc.record(
    Object.fromEntries(
      Object.entries(model).map(([name, entity]) => [name, fc.tuple(...idsOf(name).map((id) => row(entity, id)))]),
    ),
  )
}
