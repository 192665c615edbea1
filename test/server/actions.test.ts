// Code actions, with `¦` as the cursor: what the text is afterwards.

import { expect, test } from 'vitest'
import { analyse } from '../../runtime/truth/analyse.ts'
import { actionsAt } from '../../server/features/actions.ts'
import { applyEdits } from '../../server/features/edits.ts'
import { cursorIn } from './snapshot.ts'
import { app, file } from './world.ts'

/** The file after an action, taken at the cursor. */
function act(marked: string, title: RegExp): string | undefined {
  const { text, offset } = cursorIn(marked)
  const analysis = analyse(text)
  const action = actionsAt(analysis, file, { start: offset, end: offset }).find((one) => title.test(one.title))
  return action && applyEdits(analysis.files, action.edits).get(file)
}

test.each([
  ['did you mean', app(`"user.ro¦la == 'admin'"`), /role/, `"user.role == 'admin'"`],
  ['= for ==', app(`"user.role =¦ 'admin'"`), /==/, `"user.role == 'admin'"`],
  ['an option without quotes', app(`"ad¦min"`), /user\.role/, `"user.role == 'admin'"`],
  [
    'a field that is not there',
    app(`"entity.urgen¦tly"`),
    /Add the field `urgently` to Task/,
    "urgently: { type: 'boolean' },",
  ],
  [
    'an entity that is not there',
    app(
      "'authenticated'",
      " Bug: { fields: { task: { type: 'relation', to: 'Tic¦ket' } }, permissions: { read: true } },",
    ),
    /Add the entity `Ticket`/,
    'Ticket: { fields: {',
  ],
  [
    'no permissions',
    app("'authenticated'", " Bu¦g: { fields: { a: 'string' } },"),
    /Let everybody/,
    "permissions: { create: 'authenticated'",
  ],
  [
    'a key that is missing',
    app("'authenticated'").replace("type: 'kanban', ", '').replace('Board: {', 'Board: ¦{'),
    /Add `type`/,
    "Board: { type: 'kanban',",
  ],
  [
    'fix all',
    app(`"user.rola == 'admin' && statu¦s = 'done'"`),
    /Fix all/,
    `"user.role == 'admin' && status == 'done'"`,
  ],
  [
    'keys in order',
    app("'authenticated'", " Bug: { ¦permissions: { read: true }, fields: { a: 'string' } },"),
    /Sort the keys/,
    "Bug: { fields: { a: 'string' }, permissions: { read: true } }",
  ],
  [
    'a former name',
    app("'authenticated'", " Bu¦g: { fields: { a: 'string' }, permissions: { read: true } },"),
    /renamedFrom/,
    "Bug: { renamedFrom: '', fields",
  ],
  ['a repeated condition', app(`"own¦er && status != 'done'"`), /Extract/, 'permissions: { read: condition }'],
])('code action: %s', (_, marked, title, expected) => expect(act(marked, title)).toContain(expected))

const twice = `"owner && status != 'done'"`
const using = `const base = { delete: ${twice} } // who may
// The app.
export default { name: 'A', entities: {
  User: { fields: { email: 'string' }, permissions: { read: true } },
  Task: { fields: { status: { type: 'enum', options: ['todo', 'done'] }, owner: { type: 'relation', to: 'User', update: false } }, permissions: { read: true, update: ${twice}, ...base } },
} }
`

test.each([
  [
    'behind the statement before, and its comment',
    `import { x } from 'y' // why\n${using}`,
    `'y' // why\n\nconst condition = ${twice}\nconst base = { delete: condition }`,
  ],
  ['first of all', using, `const condition = ${twice}\n\nconst base = { delete: condition }`],
  [
    'in lines as they are',
    `import { x } from 'y'\n\n${using}`.replaceAll('\n', '\r\n'),
    `'y'\r\n\r\nconst condition = ${twice}\r\n\r\nconst base`,
  ],
])('an extracted condition stands before its first use: %s', (_, text, expected) => {
  const marked = text.replace('update: "owner', 'update: "owner¦')
  expect(act(marked, /Extract/)).toContain(expected)
  expect(analyse(act(marked, /Extract/) ?? '').diagnostics).toEqual([])
})

test.each([
  ['a short field', app("'authenticated'").replace('due:', 'du¦e:'), "due: { type: 'date', renamedFrom: '' }"],
  [
    'a constant that others use',
    `const text = { type: 'string' }\nexport default { name: 'A', entities: { Task: { fields: { ti¦tle: text, body: text }, permissions: { read: true } } } }`,
    "{ title: { ...text, renamedFrom: '' }, body: text }",
  ],
])('a place for a former name: %s', (_, marked, expected) => expect(act(marked, /renamedFrom/)).toContain(expected))

test('an extracted condition leaves the app as it was', () => {
  const marked = app(`"own¦er && status != 'done'"`)
  const after = act(marked, /Extract/) ?? ''
  expect(after).toContain(`const condition = "owner && status != 'done'"\n\nexport default`)
  expect(after).toContain('requires: condition')
  expect(analyse(after).diagnostics).toEqual(
    analyse(cursorIn(marked).text).diagnostics.map((one) => expect.objectContaining({ code: one.code })),
  )
})

test.each([
  ['a comparison beside another', `"role == adm¦in"`, /user\.role == /],
  ['a field for a word of JavaScript', `"retu¦rn title"`, /Add the field/],
  ['a field for a word that is called', `"ne¦w Date() > createdAt"`, /Add the field/],
  ['a field for a word of the language', `"team.us¦er == 1"`, /Add the field `user`/],
])('not offered: %s', (_, rule, title) => {
  expect(act(app(rule), title)).toBeUndefined()
  expect(act(app(rule), /Fix all/) ?? '').not.toMatch(/== user\.role ==/)
})

test.each([
  [
    'a relation that leads nowhere, and a rule about it',
    `{ type: 'relation', to: 'Us¦r' }`,
    `boss || user.role == 'admin'`,
    `boss || user.role == 'admin'`,
  ],
  ['what a bare word may stand for', `{ type: 'relation', to: 'User' }`, `ad¦min`, `admin`],
  [
    'whether there is one, where who it is may be meant',
    `{ type: 'relation', to: 'Team' }`,
    `bo¦ss || owner`,
    `boss || owner`,
  ],
])('nothing is granted by mending all at once: %s', (_, boss, rule, expected) => {
  const after = act(
    app(
      `"${rule}"`,
      ` Part: { fields: { boss: ${boss}, owner: { type: 'relation', to: 'User' } }, permissions: { read: true, update: "${rule.replace('¦', '')}" } },`,
    ),
    /Fix all/,
  )
  expect(after ?? `update: "${expected}"`).toContain(`update: "${expected}"`)
})

test('nothing is mended at once around a slip of the syntax', () => {
  const broken = app(`"user.rola == 'ad¦min'"`).replace('Board: {', 'Board: ')
  expect(act(broken, /Fix all/)).toBeUndefined()
})

test('the former name of what another file defines, and other apps may use, is written where it is named', () => {
  const files = new Map([
    ['text.truth.ts', `export const text = { type: 'string' } as const\n`],
    [
      'app.truth.ts',
      `import { text } from './text.truth.ts'\nexport default { name: 'A', entities: { Task: { fields: { title: text }, permissions: { read: true } } } }\n`,
    ],
  ])
  const analysis = analyse(files)
  const start = files.get('app.truth.ts')?.indexOf('title') ?? 0
  const found = actionsAt(analysis, 'app.truth.ts', { start, end: start }).find((one) => /renamedFrom/.test(one.title))
  expect(found && Object.fromEntries(applyEdits(files, found.edits))).toMatchObject({
    'app.truth.ts': expect.stringContaining(`title: { ...text, renamedFrom: '' }`),
    'text.truth.ts': files.get('text.truth.ts'),
  })
})
