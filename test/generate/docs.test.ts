// The documentation of codes is what the table says, and the table's examples are what the code does.

import { describe, expect, test } from 'vitest'
import { allCodes, diagnosticsDocs } from '../../runtime/generate/diagnostics-docs.ts'
import { analyse } from '../../runtime/truth/analyse.ts'
import { codes } from '../../runtime/truth/codes.ts'

test('docs/diagnostics.md is up to date (npm run docs)', async () => {
  await expect(diagnosticsDocs()).toMatchFileSnapshot('../../docs/diagnostics.md')
})

test('no code is used twice', () => {
  const ids = allCodes().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

/** Reported by the loader, which needs files or runs them. */
const elsewhere = new Set(['T1001', 'T1005', 'T1006', 'T1008'])

describe('examples', () => {
  const own = Object.values(codes).filter(({ id }) => !elsewhere.has(id))
  test.each(own.map((code) => [code.id, code] as const))('%s', (id, code) => {
    expect(analyse(code.wrong).diagnostics.map((diagnostic) => diagnostic.code)).toContain(id)
    expect(analyse(code.right).diagnostics.map((diagnostic) => diagnostic.code)).not.toContain(id)
  })
})
