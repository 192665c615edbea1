// Completion and the names of expressions: tables with `|` as the cursor, then every prefix of every expression of the
// examples.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Completion, completeExpression } from '../../../expr/editor/complete.ts'
import { completeQuery, completeTemplate } from '../../../expr/editor/complete-text.ts'
import { inspectExpression } from '../../../expr/editor/inspect.ts'
import { usesIn } from '../../../expr/editor/uses.ts'
import type { Scope } from '../../../expr/index.ts'
import { analyse } from '../../../runtime/truth/analyse.ts'
import type { Site } from '../../../runtime/truth/model/rule.ts'

const world = analyse(`export default {
  name: 'World',
  entities: {
    User: { fields: { email: 'string', role: { type: 'enum', options: ['admin', 'editor'] }, age: 'integer', token: { type: 'string', secret: true } } },
    Team: { fields: { name: { type: 'string', required: true }, lead: { type: 'relation', to: 'User' }, members: { type: 'relation', to: 'User', many: true } } },
    Task: { fields: {
      title: 'string', status: { type: 'enum', options: ['todo', 'done'] }, due: 'date', points: 'number', tags: { type: 'string', many: true },
      team: { type: 'relation', to: 'Team' }, owner: { type: 'relation', to: 'User' },
    } },
  },
}`)
const schema = world.draft!.schema
const input = new Map([['percent', { type: 'integer', required: true } as const]])
const scope = (place: Scope['place'], entity = 'Task'): Scope => ({
  schema,
  place,
  entity,
  ...(place === 'behavior' && { input }),
})

const at = (text: string, where: Scope): readonly Completion[] => {
  const offset = text.indexOf('|')
  const source = text.slice(0, offset) + text.slice(offset + 1)
  return [...completeExpression(source, offset, where)].sort((a, b) => a.rank - b.rank)
}
const labels = (text: string, where = scope('update')): string[] => at(text, where).map(({ label }) => label)

test.each([
  ['user.|', ['email', 'role', 'age', 'id', 'createdAt', 'updatedAt']],
  ['user.ro|', ['email', 'role', 'age', 'id', 'createdAt', 'updatedAt']],
  ['team.lead.|', ['email', 'role', 'age', 'id', 'createdAt', 'updatedAt']],
  ["status == 'todo' && team.|", ['name', 'lead', 'members', 'id', 'createdAt', 'updatedAt']],
  ['(a && team.|', ['name', 'lead', 'members', 'id', 'createdAt', 'updatedAt']],
  ['team.members.some(m => m.|', ['email', 'role', 'age', 'id', 'createdAt', 'updatedAt']],
  ['team.members.|', ['some', 'every', 'includes', 'length']],
  ['title.|', ['startsWith', 'endsWith', 'includes', 'toLowerCase', 'toUpperCase', 'trim', 'length']],
  ['tags.|', ['includes', 'length']],
  ['nothing.|', []],
  ["user.role == '|", ['admin', 'editor']],
  ["user.role == 'ad|min'", ['admin', 'editor']],
  ["user.role in ['admin', '|']", ['admin', 'editor']],
  ["'|' == user.role", []],
  ["title == '|", []],
  ['team.members.some(|', ['u => …']],
  ['points * 2.|', []],
])('%s', (text, expected) => expect(labels(text)).toEqual(expected))

test.each([
  ['status == |', ["'todo'", "'done'"]],
  ['user.role in [|', ["'admin'", "'editor'"]],
  ['user.role in |', ['[…]']],
  ['team.lead == |', ['user', 'owner']],
  ['due < |', ['due', 'createdAt', 'updatedAt', 'now', 'today']],
  ['|', ['authenticated', 'true', 'false']],
  ['team.members.some(m => |', ['authenticated']],
])('what fits comes first: %s', (text, expected) => {
  expect(labels(text).slice(0, expected.length).sort()).toEqual([...expected].sort())
})

test.each([
  ['| ', ['user', 'entity', 'next', 'owner', 'status', 'coalesce', 'null'], ['input', 'event', 'now2', 'token']],
  ['team.members.some(m => | ', ['m', 'user'], []],
  ['status == | ', [], ['title', 'points', 'true']],
  ['points > | ', ['points', 'abs'], ['title', 'null']],
  ['user.role | ', ['==', '!=', 'in'], ['<', '&&', '+']],
  ["user.role == 'admin' | ", ['&&', '||'], ['==', 'in']],
  ['points | ', ['<', '>=', '+', '*'], ['&&']],
  ['owner | ', ['==', '&&', '||'], ['<']],
  ['authenticated && points | ', ['<'], []],
])('%s has some and not others', (text, some, others) => {
  const found = labels(text)
  expect(found).toEqual(expect.arrayContaining(some))
  for (const other of others) expect(found).not.toContain(other)
})

test('the place decides the names', () => {
  expect(labels('|', scope('behavior'))).toContain('input')
  expect(labels('input.|', scope('behavior'))).toEqual(['percent'])
  expect(labels('input.|', scope('read'))).toEqual([])
  expect(labels('event.|', scope('workflow'))).toEqual(['name', 'at', 'id'])
  expect(labels('|', scope('computed'))).not.toContain('user')
  expect(labels('|', scope('read'))).not.toContain('next')
  expect(labels('next.|', scope('update'))).toContain('status')
})

test('the word being typed is replaced, quotes and all that follows kept', () => {
  const pick = (text: string, label: string): string | undefined => {
    const item = at(text, scope('update')).find((one) => one.label === label)
    const source = text.replace('|', '')
    return item && source.slice(0, item.start) + (item.insert ?? item.label) + source.slice(item.end)
  }
  expect(pick("user.ro|xx == 'admin'", 'role')).toBe("user.role == 'admin'")
  expect(pick("user.role == 'a|'", 'admin')).toBe("user.role == 'admin'")
  expect(pick("user.role == '|", 'admin')).toBe("user.role == 'admin'")
  expect(pick("user.role == '| && owner", 'admin')).toBe("user.role == 'admin' && owner")
  expect(pick('team.members.so|(m => m)', 'some')).toBe('team.members.some(m => m)')
  expect(pick('tit|', 'title')).toBe('title')
})

test('queries and templates', () => {
  const inQuery = (text: string): string[] =>
    completeQuery(text.replace('|', ''), text.indexOf('|'), schema).map(({ label }) => label)
  expect(inQuery('|')).toEqual(['User', 'Team', 'Task'])
  expect(inQuery('Ta|')).toEqual(['User', 'Team', 'Task'])
  expect(inQuery('Task |')).toEqual(['where', 'order by', 'limit'])
  expect(inQuery('Task where status == |').slice(0, 2)).toEqual(["'todo'", "'done'"])
  expect(inQuery("Task where status == 'todo' |")).toEqual(expect.arrayContaining(['&&', 'order by', 'limit']))
  expect(inQuery('Task order by |')).toEqual(expect.arrayContaining(['title', 'due']))
  expect(inQuery('Task order by |')).not.toContain('user')
  expect(inQuery('Task order by due |')).toEqual(['asc', 'desc', 'limit'])
  expect(inQuery('Task where team.| order by due')).toContain('lead')
  const template = 'Done: ${entity.|} and ${event.'
  const offset = template.indexOf('|')
  expect(completeTemplate(template.replace('|', ''), offset, scope('workflow')).map(({ label }) => label)).toContain(
    'title',
  )
  expect(
    completeTemplate(template.replace('|', ''), template.length - 1, scope('workflow')).map(({ label }) => label),
  ).toEqual(['name', 'at', 'id'])
  expect(completeTemplate('Done: ', 3, scope('workflow'))).toEqual([])
})

const example = (name: string): readonly Site[] => {
  const folder = new URL(`../../../examples/${name}/`, import.meta.url)
  return analyse((file) => readFileSync(new URL(file, folder), 'utf8')).sites
}
const sites = ['tasks', 'blog', 'crm'].flatMap(example)

test('at every prefix of every expression of the examples the answer is right or nothing', () => {
  let asked = 0
  for (const { kind, node, scope: where } of sites) {
    if (kind !== 'expression') continue
    const source = node.value
    const uses = usesIn(source, where)
    for (let offset = 0; offset <= source.length; offset++) {
      const prefix = source.slice(0, offset)
      const items = completeExpression(prefix, offset, where)
      asked += 1
      // Right: whatever is offered is known to the checker where it is put.
      for (const item of items) {
        if (item.kind === 'lambda' || item.kind === 'operator') continue
        const written = prefix.slice(0, item.start) + (item.insert ?? item.label).replace('$0', '')
        const wrong = inspectExpression(written, where).problems.filter(
          ({ code, start, message }) =>
            start >= item.start && unknownNames.has(code) && message.includes(`\`${item.label}\``),
        )
        expect(wrong, written).toEqual([])
      }
      // Complete: the name that is there is among what is offered while it is typed.
      const use = uses.find(({ start, end }) => start <= offset && offset < end)
      if (!use || use.meaning.is === 'parameter') continue
      const name = source.slice(use.start, use.end)
      expect(
        items.map(({ label }) => label.replaceAll("'", '')),
        `${prefix}| (${name})`,
      ).toContain(name)
      const item = items.find(({ label }) => label.replaceAll("'", '') === name)
      expect([item?.start, item?.end]).toEqual([use.start, offset])
    }
  }
  expect(asked).toBeGreaterThan(1_000)
})

const unknownNames = new Set(['T4101', 'T4102', 'T4103', 'T4104', 'T4105'])

test('names and what they mean', () => {
  const source =
    "team.members.some(m => (m) == ((owner))) && entity.status in [('done')] && input.percent > 1 && user.age < abs(points)"
  const found = usesIn(source, scope('behavior')).map(({ start, end, meaning }) => [
    source.slice(start, end),
    'field' in meaning && 'entity' in meaning ? `${meaning.is} ${meaning.entity}.${meaning.field}` : meaning.is,
  ])
  expect(found).toEqual([
    ['team', 'field Task.team'],
    ['members', 'field Team.members'],
    ['some', 'function'],
    ['m', 'parameter'],
    ['m', 'parameter'],
    ['owner', 'field Task.owner'],
    ['entity', 'row'],
    ['status', 'field Task.status'],
    ['done', 'option'],
    ['input', 'source'],
    ['percent', 'slot'],
    ['user', 'row'],
    ['age', 'field User.age'],
    ['abs', 'function'],
    ['points', 'field Task.points'],
  ])
})
