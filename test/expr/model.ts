// The schema and the small random databases that generated expressions are tried on: values from short lists, so that
// equal ones, missing ones and edges meet often.

import fc from 'fast-check'
import type { EntitySchema, FieldSchema, Row, Schema } from 'truthfile/expr'
import type { Data } from './world.ts'

const entity = (fields: Readonly<Record<string, FieldSchema>>, more: Partial<EntitySchema> = {}): EntitySchema => ({
  fields: new Map(Object.entries(fields)),
  ...more,
})

export const schema: Schema = {
  entities: new Map([
    [
      'User',
      entity({
        name: { type: 'string' },
        role: { type: 'enum', options: ['user', 'editor', 'admin'] },
        level: { type: 'integer' },
        active: { type: 'boolean' },
        seen: { type: 'datetime' },
        tags: { type: 'string', many: true },
        team: { type: 'relation', to: 'Team' },
        boss: { type: 'relation', to: 'User' },
        tasks: { type: 'relation', to: 'Task', many: true, inverse: 'assignee' },
      }),
    ],
    [
      'Team',
      entity(
        {
          name: { type: 'string' },
          lead: { type: 'relation', to: 'User' },
          watched: { type: 'relation', to: 'Task', many: true, inverse: 'watchers' },
        },
        { table: 'the "teams"' },
      ),
    ],
    [
      'Task',
      entity(
        {
          title: { type: 'string' },
          status: { type: 'enum', options: ['todo', 'doing', 'done'] },
          mood: { type: 'enum', options: ['done', 'good'] },
          rank: { type: 'integer' },
          ratio: { type: 'number' },
          open: { type: 'boolean' },
          due: { type: 'date' },
          at: { type: 'datetime' },
          notes: { type: 'json' },
          labels: { type: 'string', many: true },
          scores: { type: 'number', many: true },
          days: { type: 'date', many: true },
          maker: { type: 'relation', to: 'User' },
          assignee: { type: 'relation', to: 'User' },
          parent: { type: 'relation', to: 'Task' },
          parts: { type: 'relation', to: 'Task', many: true, inverse: 'parent' },
          watchers: { type: 'relation', to: 'Team', many: true },
        },
        { owner: 'maker' },
      ),
    ],
  ]),
}

const pools: Readonly<Record<string, readonly unknown[]>> = {
  string: ['', 'a', 'Ab', ' a ', 'ab%', 'é😀', 'zz'],
  integer: [0, 1, -1, 3, 7, 9007199254740991],
  number: [0, 0.5, -1.5, 3, 1e300, -0.1],
  boolean: [true, false],
  date: ['2026-01-31', '2000-02-29', '0000-01-01', '9999-12-31'],
  datetime: [
    '2026-01-31T00:00:00.000Z',
    '2026-06-15T12:00:00.123Z',
    '1969-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59.999Z',
  ],
  json: [{ a: 1 }, [], 'x'],
}

export const ids: Readonly<Record<string, readonly string[]>> = {
  User: ['u1', 'u2', 'u3'],
  Team: ['t1', 't2'],
  Task: ['k1', 'k2', 'k3', 'k4'],
}

/** Values for literals in expressions, by kind. */
export const poolOf = (kind: string): readonly unknown[] => pools[kind] ?? []

function someValue(field: FieldSchema): fc.Arbitrary<unknown> {
  if (field.type === 'relation') return fc.constantFrom(null, ...ids[field.to]!)
  const pool = field.type === 'enum' ? (field.options ?? []) : (pools[field.type] ?? pools.string ?? [])
  const one = fc.constantFrom(...pool)
  if (!field.many) return fc.oneof(fc.constant(null), { arbitrary: one, weight: 4 })
  const items = fc.array(fc.oneof({ arbitrary: one, weight: 5 }, fc.constant(null)), { maxLength: 3 })
  return fc.oneof(fc.constant(null), { arbitrary: items, weight: 4 })
}

function rowsFor(name: string, { fields }: EntitySchema): fc.Arbitrary<readonly Row[]> {
  const stored = [...fields].filter(([, field]) => !(field.type === 'relation' && field.many))
  const row = fc.record(Object.fromEntries(stored.map(([key, field]) => [key, someValue(field)])))
  return fc.tuple(...ids[name]!.map((id) => row.map((values): Row => ({ ...values, id })))) as fc.Arbitrary<
    readonly Row[]
  >
}

const links = fc.uniqueArray(
  fc.record({ source: fc.constantFrom(...ids.Task!), target: fc.constantFrom(...ids.Team!) }),
  { maxLength: 5, selector: ({ source, target }) => source + target },
)

/** Rows of every entity, and the links between them. */
export const someData: fc.Arbitrary<Data> = fc.record({
  User: rowsFor('User', schema.entities.get('User')!),
  Team: rowsFor('Team', schema.entities.get('Team')!),
  Task: rowsFor('Task', schema.entities.get('Task')!),
  'Task.watchers': links,
})
