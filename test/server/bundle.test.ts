// `dist/lsp.js`, which has TypeScript's parser without the rest of TypeScript in it, says what the source says.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { diagnosticsOf } from '../../server/features/diagnostics.ts'
import { startServer } from './client.ts'
import { snapshotOf } from './snapshot.ts'

const bundle = new URL('../../dist/lsp.js', import.meta.url).pathname
const command = new URL('../../dist/truth.js', import.meta.url).pathname
const fixtures = new URL('../truth/fixtures/', import.meta.url)

const texts = readdirSync(fixtures)
  .filter((name) => name.endsWith('.truth.ts'))
  .map((name) => [name, readFileSync(new URL(name, fixtures), 'utf8')] as const)

/** TypeScript that truth files seldom hold, so that every part of the parser is there. */
const odd = `
enum Colour { Red, Green = 'green' }
namespace A.B { export type C<T> = T extends infer U ? U[] : never }
abstract class D<const T> extends Object implements Iterable<T> { @sealed accessor x!: number; static { this; } *[Symbol.iterator]() { yield* [] } get y(): asserts this is D<T> { return } }
declare module 'x' { export = A }
async function* f(this: unknown, { a = 1, ...rest }: any, [b, , c]: any[]) { for await (const d of f()) try { await d } catch { debugger } finally { with (a) {} } label: do { continue label } while (0) }
const g = <T,>(x: T): x is NonNullable<T> => x! satisfies unknown as any, h = /[/]\\p{L}+/u.test(\`a\${1}b\`), i = a?.b?.[0] ?? (c ||= d ** e)
export default { name: 'Odd', entities: { A: { fields: { a: 'sting' }, permissions: { read: 'authenticated' } } } }
`

const skipped = !existsSync(bundle)

test.skipIf(skipped)('the fixtures and odd TypeScript', async () => {
  const client = await startServer({ command: [process.execPath, command, 'lsp'] })
  for (const [name, text] of [...texts, ['odd.truth.ts', odd] as const]) {
    if (text.includes("from './")) continue
    const path = `${name}/app.truth.ts`
    client.open(path, text)
    const found = (await client.diagnostics(path)).map(({ code, message, range }) => ({
      code,
      message,
      range,
    }))
    const expected = diagnosticsOf('/app/app.truth.ts', [snapshotOf(text)]).map(
      ({ diagnostic: { code, message, range } }) => ({ code, message, range }),
    )
    expect(found, name).toEqual(expected)
    client.close(path)
  }
  expect(client.logged).toEqual([])
  await client.stop()
})
