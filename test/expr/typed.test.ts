// What an expression asks for, by its text: the compiler refuses what is missing. `npm run types` checks this file.

import { type Context, compileExpression, type EntitySchema, type Schema } from 'truthfile/expr'
import { expect, test } from 'vitest'

const entity = (fields: Readonly<Record<string, object>>): EntitySchema => ({
  fields: new Map(Object.entries(fields)) as EntitySchema['fields'],
})
const schema: Schema = {
  entities: new Map([
    ['User', entity({ role: { type: 'enum', options: ['user', 'admin'] } })],
    [
      'Task',
      entity({
        status: { type: 'enum', options: ['open', 'done'] },
        rank: { type: 'integer' },
        due: { type: 'date' },
        assignee: { type: 'relation', to: 'User' },
      }),
    ],
  ]),
}

function compiled<const S extends string>(source: S) {
  const found = compileExpression(source, { schema, place: 'update', entity: 'Task' })
  if (!found.ok) throw new Error(found.diagnostics[0]?.message)
  return found.expression
}

const now = '2026-06-15T12:00:00.000Z'
const user = { id: 'u', role: 'admin' }

test('an expression asks for no more than it reads', () => {
  expect(compiled('authenticated').evaluate({ user: null })).toBe(false)
  expect(compiled("entity.status == 'done'").evaluate({ entity: { status: 'done' } })).toBe(true)
  expect(compiled("status == 'done' || rank > 3").evaluate({ entity: { status: 'open', rank: 4 } })).toBe(true)
  expect(compiled("user.role === 'admin' && !(rank <= 3)").evaluate({ user, entity: { rank: 4 } })).toBe(true)
  expect(compiled('due < today()').evaluate({ entity: { due: '2026-01-01' }, now })).toBe(true)
  expect(compiled('next.rank > rank').evaluate({ entity: { rank: 1 }, next: { rank: 2 } })).toBe(true)
  expect(compiled("status in ['open', 'done']").evaluate({ entity: { status: 'open' } })).toBe(true)
  expect(compiled('assignee').evaluate({ user, entity: { assignee: 'u' } })).toBe(true)
  expect(compiled('true').evaluate({})).toBe(true)
})

type Twice<S extends string> = `${S}${S}`
type Times512<S extends string> = Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<S>>>>>>>>>

test('long texts ask for everything, and no compiler gives up on them', () => {
  const whole: Context = { user, entity: { rank: 2, status: 'open' }, now }
  const chain = `${'rank == 1||'.repeat(512)}true` as `${Times512<'rank == 1||'>}true`
  expect(() => compiled(chain).evaluate(whole)).toThrow('4,096 are the limit')
  const blanks = `${' '.repeat(1_024)}true` as `${Twice<Times512<' '>>}true`
  expect(compiled(blanks).evaluate(whole)).toBe(true)
  // @ts-expect-error the whole context is asked for
  expect(compiled(blanks).evaluate({})).toBe(true)
})

test('what is missing is refused by the compiler', () => {
  // @ts-expect-error there is no `status`
  expect(compiled("entity.status == 'done'").evaluate({ entity: {} })).toBe(false)
  // @ts-expect-error there is no row
  expect(compiled("status == 'done'").evaluate({ user: null })).toBe(false)
  // @ts-expect-error there is no user
  expect(compiled("user.role == 'admin'").evaluate({ entity: {} })).toBe(false)
  // @ts-expect-error the user has no role
  expect(compiled("user.role == 'admin'").evaluate({ user: {} })).toBe(false)
  // @ts-expect-error a relation that stands alone asks who the user is
  expect(compiled('assignee').evaluate({ entity: { assignee: 'u' } })).toBe(false)
})

test('texts that take a parser, and those that are not known, ask for everything', () => {
  const whole: Context = { user, entity: { rank: 2, status: 'open' }, now }
  expect(compiled('rank + 1 > 2').evaluate(whole)).toBe(true)
  expect(compiled('abs(rank) > 1').evaluate(whole)).toBe(true)
  const text: string = 'rank > 1'
  expect(compiled(text).evaluate(whole)).toBe(true)
  // @ts-expect-error everything is more than this
  expect(compiled(text).evaluate({ entity: { rank: 2 } })).toBe(true)
})
