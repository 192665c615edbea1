// `truthfile/expr` as somebody else's bundler takes it in: small, and without anything of Node.

import { existsSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const file = new URL('../../dist/expr.js', import.meta.url).pathname

async function bundled(format: 'esm' | 'iife'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { compileExpression } from ${JSON.stringify(file)}`, resolveDir: '/' },
    bundle: true,
    minify: true,
    platform: 'browser',
    format,
    globalName: 'truth',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

test.skipIf(!existsSync(file))('what compiles expressions is less than 200 KiB', async () => {
  const { length } = await bundled('esm')
  expect(length).toBeGreaterThan(50 * 1024)
  expect(length).toBeLessThan(200 * 1024)
})

test.skipIf(!existsSync(file))('it runs where nothing of Node is', async () => {
  const found = runInNewContext(`${await bundled('iife')}
    const fields = new Map([['status', { type: 'enum', options: ['open', 'done'] }]])
    const schema = { entities: new Map([['Task', { fields }]]) }
    const compile = (source) => truth.compileExpression(source, { schema, place: 'computed', entity: 'Task', expects: 'boolean' })
    const { expression } = compile("entity.status == 'done'")
    const entity = { status: 'done' }, now = '2026-01-01T00:00:00.000Z'
    ;[expression.evaluate({ user: null, entity, now }), compile("status == 'dne'").diagnostics[0].message]`)
  expect([...found]).toEqual([true, expect.stringContaining("'dne' is not an option of this enum.")])
})
