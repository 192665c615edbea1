// Commands of the extension in workspaces of several folders and apps: each app is named from its own folder.

import { expect, test } from 'vitest'
import { appAbove, targetsOf } from '../../client/targets.ts'

const one = { name: 'one', path: '/w/one' }
const two = { name: 'two', path: '/w/my two' }

test.each([
  ['an app that is the folder', ['/w/one'], [one], [{ cwd: '/w/one', argument: '.', label: '' }]],
  ['an app below the folder', ['/w/one/apps/crm'], [one], [{ cwd: '/w/one', argument: 'apps/crm', label: '' }]],
  [
    'several in one folder',
    ['/w/one/b', '/w/one/a b', '/w/one'],
    [one],
    [
      { cwd: '/w/one', argument: '.', label: 'one' },
      { cwd: '/w/one', argument: '"a b"', label: 'a b' },
      { cwd: '/w/one', argument: 'b', label: 'b' },
    ],
  ],
  [
    'one in each of several folders',
    ['/w/one', '/w/my two/app'],
    [one, two],
    [
      { cwd: '/w/my two', argument: 'app', label: 'two/app' },
      { cwd: '/w/one', argument: '.', label: 'one' },
    ],
  ],
  [
    'folders in each other',
    ['/w/one/inner/app'],
    [one, { name: 'inner', path: '/w/one/inner' }],
    [{ cwd: '/w/one/inner', argument: 'app', label: '' }],
  ],
  ['a name that begins alike', ['/w/one-more'], [one], [{ cwd: '/w/one-more', argument: '.', label: '' }]],
])('%s', (_, apps, folders, expected) => expect(targetsOf(apps, folders)).toEqual(expected))

test('a file belongs to the nearest app above it', () => {
  const apps = ['/w/one', '/w/one/inner', '/w/two']
  expect(appAbove('/w/one/parts/task.truth.ts', apps)).toBe('/w/one')
  expect(appAbove('/w/one/inner/task.truth.ts', apps)).toBe('/w/one/inner')
  expect(appAbove('/w/shared/task.truth.ts', apps)).toBeUndefined()
})
