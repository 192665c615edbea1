// The examples in the table of codes are what the code does, and messages name the nearest match.

import {
  type CodeInfo,
  compileExpression,
  compileQuery,
  compileTemplate,
  type EntitySchema,
  type Schema,
  type Scope,
} from 'truthfile/expr'
import { describe, expect, test } from 'vitest'
import { expressionCodes } from '../../expr/messages/table.ts'

const entity = (fields: object): EntitySchema => ({ fields: new Map(Object.entries(fields)) })
const schema: Schema = {
  entities: new Map([
    ['User', entity({ name: { type: 'string' }, role: { type: 'enum', options: ['admin', 'user'] } })],
    ['Project', entity({ title: { type: 'string' } })],
    ['Comment', entity({ hidden: { type: 'boolean' }, task: { type: 'relation', to: 'Task' } })],
    [
      'Task',
      entity({
        title: { type: 'string' },
        status: { type: 'enum', options: ['todo', 'done'] },
        rank: { type: 'integer' },
        dueDate: { type: 'date' },
        pin: { type: 'string', secret: true },
        owner: { type: 'relation', to: 'User' },
        assignee: { type: 'relation', to: 'User' },
        project: { type: 'relation', to: 'Project' },
        comments: { type: 'relation', to: 'Comment', many: true, inverse: 'task' },
      }),
    ],
  ]),
}
const scope: Scope = { schema, place: 'read', entity: 'Task' }

const codesOf = (code: string, source: string): string[] => {
  const compile = code === 'T4304' ? compileTemplate(source, scope) : undefined
  const query = code.startsWith('T430') && code !== 'T4304' ? compileQuery(source, schema) : undefined
  const { diagnostics } = compile ?? query ?? compileExpression(source, scope)
  return diagnostics.map((problem) => problem.code)
}

/** Their examples need another place; they are tried below. */
const elsewhere = new Set(['T4105', 'T4215', 'T4217'])

describe('the table', () => {
  const rows = Object.entries<CodeInfo>(expressionCodes).filter(([code]) => !elsewhere.has(code))
  test.each(rows)('%s', (code, { wrong, right }) => {
    expect(codesOf(code, wrong)).toContain(code)
    expect(codesOf(code, right)).toEqual([])
  })
})

describe('messages', () => {
  test.each<[string, Partial<Scope>, string, string]>([
    ["staus == 'todo'", {}, '0-5 T4101', 'Unknown name `staus`. Did you mean `status`?'],
    ['entity.pin == null', {}, '7-10 T4102', 'Unknown field `pin` on Task.'],
    ["entity.__proto__ == null || constructor == 'x'", {}, '7-16 T4102', 'Unknown field `__proto__` on Task.'],
    [
      'project && rank > 1',
      {},
      '0-7 T4211',
      'A Project is not a boolean. Write `project != null` to ask whether there is one.',
    ],
    ['user', {}, '0-4 T4211', '`user` is not a boolean. Write `authenticated` to ask whether somebody is signed in.'],
    [
      'owner',
      { entity: 'Project' },
      '0-5 T4105',
      "Project has no owner. Declare `owner: '<field>'` on Project, naming a relation to User, or add a relation field `owner` to User.",
    ],
    ['input.note', { place: 'behavior', expects: 'any' }, '6-10 T4102', 'Unknown field `note` on `input`.'],
    [
      'event',
      { place: 'workflow', expects: 'any' },
      '0-5 T4217',
      '`event` alone is not a value. Name one of its fields, as in `event.…`.',
    ],
    ['title', { expects: { type: 'integer' } }, '0-5 T4215', 'The value must be an integer, but it is a string.'],
    [
      'null',
      { expects: { type: 'integer', required: true } },
      '0-4 T4215',
      'The field is required, so it cannot become `null`.',
    ],
    ['rank < 1 < 2', {}, '9-10 T4006', 'Comparisons do not chain. Write `a < b && b < c`.'],
    [
      "dueDate < '2026-06-15T12:00'",
      {},
      '10-28 T4212',
      "'2026-06-15T12:00' has no time zone. Add `Z` for UTC, or an offset such as `+02:00`.",
    ],
    [
      "status == 'finished'",
      {},
      '10-20 T4203',
      "'finished' is not an option of this enum. The options are 'todo', 'done'.",
    ],
    [
      'status == title',
      {},
      '0-15 T4202',
      'An enum (todo, done) is compared with its options or with another enum, not with any string.',
    ],
    [
      'comments.length > rank && comments.hidden',
      {},
      '35-41 T4208',
      'A collection of Comment rows has no `hidden`. Ask its rows: `….some(x => x.hidden == …)`.',
    ],
    [
      'comments.some(status => status.hidden)',
      {},
      '14-20 T4107',
      '`status` is already a name in scope. Choose another name for the parameter.',
    ],
  ])('%s', (source, more, place, message) => {
    const [first] = compileExpression(source, { ...scope, ...more }).diagnostics
    expect(`${first?.start}-${first?.end} ${first?.code}`).toBe(place)
    expect(first?.message).toBe(message)
  })

  test('all faults at once, each at its place', () => {
    const { diagnostics } = compileExpression("staus == 'todo' && rank > null && title.foo", scope)
    expect(diagnostics.map(({ code, start, end }) => [code, start, end])).toEqual([
      ['T4101', 0, 5],
      ['T4213', 26, 30],
      ['T4208', 40, 43],
    ])
  })

  test.each([
    ["status = 'todo' and owner", "status == 'todo' && owner"],
    ['not (owner)', '!(owner)'],
    ['user.role == admin', "user.role == 'admin'"],
    ["status <> 'todo'", "status != 'todo'"],
    ['(owner', '(owner)'],
    ['project && owner', 'project != null && owner'],
    ["staus == 'don'", "status == 'done'"],
  ])('the fixes of %s make %s', (source, mended) => {
    let text = source
    for (let round = 0; round < 5; round++) {
      const fixes = compileExpression(text, scope).diagnostics.flatMap(({ suggestions = [] }) =>
        suggestions.slice(0, 1),
      )
      const last = fixes.sort((a, b) => a.start - b.start).at(-1)
      if (!last) break
      text = text.slice(0, last.start) + last.text + text.slice(last.end)
    }
    expect(text).toBe(mended)
    expect(compileExpression(text, scope).ok).toBe(true)
  })
})
