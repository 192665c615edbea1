// What is asked of a part is answered for every app that uses it: definitions, lenses; and what each app says of its own.

import { expect, test } from 'vitest'
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
