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
    "urgently: { type: 'string' },",
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
    "Board: { type: 'list',",
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

test('an extracted condition leaves the app as it was', () => {
  const marked = app(`"own¦er && status != 'done'"`)
  const after = act(marked, /Extract/) ?? ''
  expect(after).toContain(`const condition = "owner && status != 'done'"\n\nexport default`)
  expect(after).toContain('requires: condition')
  expect(analyse(after).diagnostics).toEqual(
    analyse(cursorIn(marked).text).diagnostics.map((one) => expect.objectContaining({ code: one.code })),
  )
})
