// What TypeScript 7 says of single expressions. It has no compiler to call from here: its command is run on a file.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import process from 'node:process'
import type { Schema } from 'truthfile/expr'
import type { Expressions, Judge } from './judge.ts'
import { program } from './program.ts'

const root = new URL('../../', import.meta.url).pathname

/** Kilobytes. A type that goes on and on takes all memory there is, and the compiler has no guard of its own. */
const capped = 'ulimit -v 8000000 2>/dev/null; exec "$@"'

/** What the command prints of a module of statements, one a line. */
function compiled(schema: Schema, statements: readonly string[], ...options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'truth-judge-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: `${root}tsconfig.json`,
        compilerOptions: { types: [], noErrorTruncation: true },
        include: ['judged.ts'],
        exclude: [],
      }),
    )
    writeFileSync(
      join(folder, 'judged.ts'),
      `${program(schema, relative(folder, `${root}expr/static/check.ts`))}\n${statements.join('\n')}`,
    )
    const tsc = `${root}node_modules/typescript-7/bin/tsc`
    const command = [process.execPath, tsc, '-p', folder, '--pretty', 'false', '--singleThreaded', ...options]
    const { stdout, error, signal } = spawnSync('sh', ['-c', capped, 'sh', ...command], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: 100_000,
      // It collects garbage for as long as it works, and ends before that is of use.
      env: { ...process.env, GOGC: '400' },
    })
    if (error || signal) throw error ?? new Error(`The compiler ended with ${signal}.`)
    return stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const faultType = ([entity, source]: Expressions[number]): string =>
  `FaultOf<M, '${entity}', ${JSON.stringify(source)}>['fault']`

/** Each fault is given a number, so that the compiler says what it would rather have. */
export const judge: Judge = (schema, expressions) => {
  const before = program(schema, '').split('\n').length
  const statements = expressions.map((each, index) => `export const c${index}: ${faultType(each)} = 0`)
  const said = new Map<number, string>()
  for (const line of compiled(schema, statements).split('\n')) {
    if (line === '') continue
    const [, at, wanted] =
      /judged\.ts\((\d+),\d+\): error TS2322: Type '0' is not assignable to type '(.*)'\.$/.exec(line) ?? []
    if (wanted === undefined) throw new Error(line)
    said.set(Number(at) - before - 1, wanted)
  }
  return expressions.map((_, index) => {
    const wanted = said.get(index)
    if (wanted === undefined) throw new Error(`Nothing was said of ${index}.`)
    if (wanted === 'never') return undefined
    return wanted.startsWith('"') && !wanted.includes('" | "') ? (JSON.parse(wanted) as string) : wanted
  })
}

/** What each expression costs in instantiations, beside others that were asked before. */
export function costsOf(schema: Schema, entity: string, sources: readonly string[]): number[] {
  const before = [
    'zzz',
    "owner && (nme == 'x' && !open) || due < now() && maker.team.lead.role != 'admin'",
    "notes == null && at < '2026-01-01' && mood in ['good'] || ratio >= -2.5",
    "min(ratio, 2) < days.length && labels.includes('x' + maker.name.trim()) && at - 3 > now()",
    "watchers.some(w => w.lead.name == 'x')",
  ]
  const cost = (each: readonly string[]): number => {
    const statements = each.map((source, index) => `export type T${index} = ${faultType([entity, source])}`)
    return Number(/Instantiations:\s+(\d+)/.exec(compiled(schema, statements, '--extendedDiagnostics'))?.[1])
  }
  const without = cost(before)
  return sources.map((source) => cost([...before, source]) - without)
}
