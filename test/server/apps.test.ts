// What is asked of a part is answered for every app that uses it: definitions, lenses; and what each app says of its own.

import { expect, test } from 'vitest'
import { actionsOfApps } from '../../server/features/actions-of-apps.ts'
import { hintsIn } from '../../server/features/hints.ts'
import { hoverAt } from '../../server/features/hover.ts'
import { lensesIn } from '../../server/features/lenses.ts'
import { definitionsAt } from '../../server/features/navigation.ts'
import { occurrencesIn, prepareOccurrences } from '../../server/occurrences.ts'
import { exampleFiles, snapshotOf } from './snapshot.ts'
import { workspaceOf } from './workspace.ts'

const files = {
  'item.truth.ts': `export const Item = { fields: { by: { type: 'relation', to: 'User' } }, permissions: { read: 'by == user' } }\n`,
  'one/app.truth.ts': `import { Item } from '../item.truth.ts'
export default { name: 'One', entities: { Item, User: { fields: { email: 'string' }, permissions: { read: true } } }, views: { V: { type: 'list', route: '/v', entity: 'Item' } } }
`,
  'two/app.truth.ts': `import { Item } from '../item.truth.ts'
export default { name: 'Two', entities: { Thing: Item, User: { fields: { email: 'string' }, permissions: { read: true } } }, views: { V: { type: 'list', route: '/v', entity: 'Thing' } } }
`,
}
const path = '/w/item.truth.ts'

test('a name leads to where each app declares it', () => {
  const { projects, after } = workspaceOf(files)
  const apps = projects.snapshotsOf(path)
  const targets = (text: string): string[] => definitionsAt(apps, path, after(path, text)).map(({ to }) => to.file)
  expect(targets("to: 'Us").sort()).toEqual(['/w/one/app.truth.ts', '/w/two/app.truth.ts'])
  expect(targets("read: 'b")).toEqual([path])
})

test('references above an entity are those of all apps, whatever they call it', () => {
  const { projects } = workspaceOf(files)
  const titles = lensesIn(projects.snapshotsOf(path), path).map(({ title }) => title)
  expect(titles).toEqual(['type', expect.stringMatching(/routes$/), '2 references'])
})

const told = `const creator = { type: 'relation', to: 'User' } as const
export default {
  name: 'A',
  entities: {
    User: { fields: { email: 'string' }, permissions: { read: true } },
    Task: {
      fields: { title: 'string', by: creator }, permissions: { read: true },
      behaviors: { finish: { set: { title: 'x' }, requires: 'authenticated', emits: 'task.done' } },
    },
    Bug: { fields: { by: creator }, permissions: { read: true } },
  },
  views: { Board: { type: 'list', route: '/board', entity: 'Task', data: 'Task where title != null' } },
  workflows: { cheer: { trigger: 'task.done', actions: [{ type: 'log', message: 'x' }] } },
}
`

test.each([
  ['the entity of a query', "data: 'Ta", /type Task = \{/],
  ['a view', '{ Boa', /\(view\) Board: a list at \/board/],
  ['a workflow', '{ che', /Started by `task\.done`/],
  ['an event', "emits: 'ta", /Emitted by `Task\.finish`\. Starts `cheer`\./],
])('hover on %s', (_, before, expected) => {
  const { analysis } = snapshotOf(told)
  expect(hoverAt(analysis, 'app.truth.ts', told.indexOf(before) + before.length)?.markdown).toMatch(expected)
})

test('a constant that serves several fields has one hint', () => {
  const { analysis } = snapshotOf(told)
  const hints = hintsIn(analysis, 'app.truth.ts', 0, told.indexOf('\n'), { fieldTypes: true, parameters: true })
  expect(hints.map(({ label }) => label)).toEqual(["→ Id<'User'> | null"])
})

test('the search for names can be stopped, and begun anew', async () => {
  const { analysis } = snapshotOf(exampleFiles('crm'))
  let pauses = 0
  const stopAt = (most: number) => async (): Promise<void> => {
    pauses += 1
    if (pauses > most) throw new Error('stopped')
  }
  await expect(prepareOccurrences(analysis, stopAt(0))).rejects.toThrow('stopped')
  expect(pauses).toBe(1)
  await prepareOccurrences(analysis, stopAt(1_000))
  const whole = occurrencesIn(snapshotOf(exampleFiles('crm')).analysis)
  expect(occurrencesIn(analysis)).toEqual(whole)
  expect(whole.length).toBeGreaterThan(100)
})

const user = `User: { fields: { email: 'string' }, permissions: { read: true } }`
const ruled = (rule: string, one: string, two: string): Record<string, string> => ({
  'rule.truth.ts': `export const rule = "${rule}"\n`,
  ...Object.fromEntries(
    [one, two].map((fields, index) => [
      `${index}/app.truth.ts`,
      `import { rule } from '../rule.truth.ts'
export default { name: 'A', entities: { ${user}, Task: { fields: { ${fields} }, permissions: { read: rule } } } }
`,
    ]),
  ),
})
const fixesOf = (given: Record<string, string>): string[] => {
  const { projects, after } = workspaceOf(given)
  const start = after('/w/rule.truth.ts', 'rule = "ti')
  const found = actionsOfApps(projects.snapshotsOf('/w/rule.truth.ts'), '/w/rule.truth.ts', { start, end: start })
  return found.filter(({ kind }) => kind === 'quickfix').map(({ title }) => title)
}

test('a fault that only the second app has is mended too', () => {
  const title = `title: 'string', titel: 'string'`
  expect(fixesOf(ruled("title != ''", title, `titel: 'string'`))).toEqual([
    'Replace by titel',
    'Add the field `title` to Task',
  ])
})

test('what mends one app and harms another is not offered', () => {
  expect(fixesOf(ruled("title != ''", `title: 'string'`, `titel: 'string'`))).toEqual(['Add the field `title` to Task'])
})

test('what mends both is offered once', () => {
  expect(fixesOf(ruled("titel != ''", `title: 'string'`, `title: 'string'`))).toContain('Replace by title')
  expect(
    fixesOf(ruled("titel != ''", `title: 'string'`, `title: 'string'`)).filter((one) => /Replace/.test(one)),
  ).toHaveLength(1)
})
