// Every fixture says itself what is wrong with it; see test/helpers/markers.ts.

import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { load } from '../../runtime/load.ts'
import { analyse } from '../../runtime/truth/analyse.ts'
import { expectedIn, sayExpected, sayFound } from '../helpers/markers.ts'

const folder = new URL('./fixtures/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.truth.ts') && !name.startsWith('part-'))

describe('fixtures', () => {
  test.each(names)('%s', async (name) => {
    const { diagnostics, files } = await load(new URL(name, folder).pathname)
    for (const [file, text] of files) {
      const expected = expectedIn(text)
      const own = diagnostics.filter((diagnostic) => diagnostic.file === file)
      expect(sayFound(own, expected).sort()).toEqual(sayExpected(expected).sort())
    }
    expect(diagnostics.filter(({ file }) => !files.has(file))).toEqual([])
  })
})

describe('analyse', () => {
  test('reports in source order, with a path, a range and a link', () => {
    const text = `export default defineApp({ name: 1, entities: { Task: { fields: { a: 'sting', b: { type: 'enum' } } } } })`
    const { diagnostics, app } = analyse(text)
    expect(app).toBeUndefined()
    expect(diagnostics.map(({ code }) => code)).toEqual(['T2003', 'T5001', 'T2006', 'T2008'])
    expect(diagnostics[2]).toMatchObject({
      path: 'entities.Task.fields.a',
      range: { start: { line: 0, character: 70 }, end: { line: 0, character: 75 } },
      suggestions: [{ edits: [{ text: 'string' }] }],
      docs: 'docs/diagnostics.md#t2006',
    })
  })

  test.each([
    '',
    'export',
    '{',
    'export default defineApp(',
    'export default 1',
    '\u0000',
    '\ud800',
    'export default [1]',
  ])('odd text %j is reported, never thrown', (text) => {
    const { app, diagnostics } = analyse(text)
    expect(app).toBeUndefined()
    expect(diagnostics.length).toBeGreaterThan(0)
  })
})
