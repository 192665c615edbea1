// A file that never comes to an end, under the limit that the commands give it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { load } from '../../runtime/load.ts'

test('a file that waits for ever is stopped after ten seconds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  try {
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'
    writeFileSync(join(folder, 'app.truth.ts'), `${wait}\nexport default { name: String(1), entities: {} }`)
    const { diagnostics } = await load(folder)
    expect(diagnostics[0]?.message).toContain('longer than 10 seconds')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
