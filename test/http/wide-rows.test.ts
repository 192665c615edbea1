// Rows of many fields are written as JSON by SQLite, whose functions take 127 arguments at most.

import { expect, test } from 'vitest'
import { startApp } from '../helpers/app.ts'

/** An app whose things have `count` texts, and one more field of the given type. */
const source = (count: number, type: string): string => `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Wide',
  entities: { Thing: { fields: {
    ${Array.from({ length: count }, (_, n) => `t${n}: { type: 'string' },`).join('\n    ')}
    last: { type: '${type}' },
  }, permissions: { create: true, read: true, update: true } } },
})
`

const text = `"quoted" \\ back\tslash \u001f\u007f é 🦊 {"a":1}`

// With `id`, `createdAt`, `updatedAt` and `last`, 59 texts are 126 arguments of `json_object`.
test.each([
  [1, 'string', text],
  [59, 'string', text],
  [60, 'string', text],
  [150, 'string', text],
  [1, 'integer', 7],
  [150, 'integer', -7],
  [1, 'boolean', true],
  [150, 'boolean', false],
  [1, 'number', 0.1],
  [1, 'json', { a: [1, '"'] }],
])('%i texts and one %s', async (count, type, value) => {
  const app = await startApp(source(count, type))
  const row = {
    ...Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, n % 7 ? text : null])),
    last: value,
  }
  const made = await app.send('POST', '/api/things', row)
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject(row)
  expect((await app.send('GET', '/api/things')).body.data).toEqual([made.body])
  expect(Object.keys(made.body)).toEqual(Object.keys((await app.send('GET', `/api/things/${made.body.id}`)).body))
  const empty = await app.send('PATCH', `/api/things/${made.body.id}`, { last: null, t0: text })
  expect(empty.body).toEqual({ ...made.body, last: null, t0: text, updatedAt: empty.body.updatedAt })
  await app.close()
})
