// A file with more problems than an editor shows: the errors are among those that are told.

import { expect, test } from 'vitest'
import { diagnosticsOf } from '../../server/features/diagnostics.ts'
import { snapshotOf } from './snapshot.ts'

const entity = (index: number): string => `    Entity${index}: {
      fields: { title: 'string', owner: { type: 'relation', to: 'User' } },
      permissions: { read: true, update: 'owner', delete: "owner && title == 'x'" },
    },`
const app = (count: number, more: string): string => `export default {
  name: 'Many',
  entities: {
    User: { fields: { email: 'string' }, permissions: { read: true } },
${Array.from({ length: count }, (_, index) => entity(index)).join('\n')}
    Last: { fields: { title: 'string' }, permissions: { read: '${more}' } },
  },
}
`

test('errors come first, and the last one says how many are left out', () => {
  const path = '/app/app.truth.ts'
  const found = diagnosticsOf(path, [snapshotOf(app(1_100, 'titel == null'))]).map(({ diagnostic }) => diagnostic)
  expect(found).toHaveLength(1_000)
  expect(found[0]).toMatchObject({ code: 'T4101', severity: 'error' })
  expect(found.slice(1).every(({ severity }) => severity !== 'error')).toBe(true)
  expect(found.at(-1)?.message).toMatch(/\(\d+ more problems of this file are not shown: `truth check` lists all\.\)$/)
})

test('up to a thousand are all told, in the order of the text', () => {
  const found = diagnosticsOf('/app/app.truth.ts', [snapshotOf(app(999, 'titel == null'))]).map(
    ({ diagnostic }) => diagnostic,
  )
  expect(found).toHaveLength(1_000)
  expect(found.at(-1)).toMatchObject({ code: 'T4101', message: 'Unknown name `titel`. Did you mean `title`?' })
})
