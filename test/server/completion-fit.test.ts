// What is proposed fits where it is taken: no fault comes of it.

import { expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'
import { completionsAt } from '../../server/features/completion.ts'
import { cursorIn, exampleFiles, snapshotOf } from './snapshot.ts'
import { app } from './world.ts'

const wont = (rule: string): string =>
  app(
    "'authenticated'",
    `Note: { fields: { state: { type: 'enum', options: ["won't", 'do "it"', 'a\\\\b'], default: "won't" } }, permissions: { read: ${rule} } }`,
  )

test.each([
  ['a text in single quotes', wont(`'state == "w¦"'`), "won't"],
  ['a text in double quotes', wont(`"state == 'w¦'"`), "won't"],
  ['a text in backticks', wont("`state == 'd¦'`"), 'do "it"'],
  ['a half-typed text', wont(`"state == '¦"`), 'a\\b'],
  ['a text that holds one', wont(`"state == 'wo¦n\\\\'t'"`), 'do "it"'],
  ['behind one', wont(`"state == 'won\\\\'t' || state == '¦'"`), 'do "it"'],
  ['a default', wont('true').replace('default: "won\'t"', "default: '¦'"), "won't"],
  ['a default without quotes', wont('true').replace('default: "won\'t"', 'default: ¦'), "'won't'"],
])('an option that holds a quote is written so that it is that option: %s', (_, marked, label) => {
  const { text, offset } = cursorIn(marked)
  const found = completionsAt(snapshotOf(text), 'app.truth.ts', offset)
  const item = found.find((one) => one.label === label)
  if (!item) throw new Error(`no ${label} among ${found.map((one) => one.label).join()}`)
  const after = text.slice(0, item.start) + item.insert + text.slice(item.end)
  expect(analyse(after).diagnostics.map(({ message }) => message)).toEqual([])
})

test('what is proposed for a value of an example fits there', () => {
  const files = exampleFiles('tasks')
  const text = files.get('app.truth.ts') ?? ''
  const snapshot = snapshotOf(files)
  const before = snapshot.analysis.diagnostics.map(({ code }) => code)
  let tried = 0
  // A schedule needs a cron line besides, and an event of another entity other templates.
  for (const { index } of text.matchAll(/(?<=')[\w./:]+(?=')/g)) {
    for (const { insert, start, end, label } of completionsAt(snapshot, 'app.truth.ts', index)) {
      if (start !== index || text[end] !== "'" || label.includes('.') || label === 'schedule') continue
      const after = text.slice(0, start) + insert.replace('$0', '') + text.slice(end)
      const line = text.slice(0, index).split('\n').length - 1
      const found = analyse(after).diagnostics.filter(
        ({ code, range }) => range.start.line === line && /^T[23]/.test(code),
      )
      const wrong = found.filter(
        ({ range, code }) =>
          !before.includes(code) && range.start.character === index - text.lastIndexOf('\n', index) - 1,
      )
      expect(
        wrong.map(({ message }) => message),
        `${label} at ${text.slice(start - 40, end)}`,
      ).toEqual([])
      tried += 1
    }
  }
  expect(tried).toBeGreaterThan(100)
})

const view = (text: string): readonly string[] => {
  const { text: whole, offset } = cursorIn(app("'authenticated'").replace('Board: {', `${text}, Board: {`))
  return completionsAt(snapshotOf(whole), 'app.truth.ts', offset).map(({ label }) => label)
}

test('the query of a view asks for rows of its own entity', () => {
  expect(view(`V: { type: 'list', route: '/v', entity: 'Task', data: '¦' }`)).toEqual(['Task'])
  expect(view(`V: { type: 'list', route: '/v', data: '¦' }`)).toEqual(['User', 'Task', 'Team'])
  expect(view(`V: { type: 'dashboard', route: '/v', metrics: { a: { data: 'T¦' } } }`)).toContain('Team')
})

test.each([`metrics: { a: ¦ }`, `widgets: { a: { data: 'Task', columns: ¦ } }`])(
  'nothing is proposed twice: %s',
  (part) => {
    const labels = view(`V: { type: 'dashboard', route: '/v', ${part} }`)
    expect(labels).toEqual([...new Set(labels)])
    expect(labels).not.toEqual([])
  },
)
