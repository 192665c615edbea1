// Runs a truth file whose values are computed: bundled by esbuild, in a worker with a time and a memory limit.
// Called by `load` only; the editor never comes here.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { BuildOptions, Plugin } from 'esbuild'
import { codes, type Fault } from './truth/codes.ts'
import { lineStarts } from './truth/diagnostic.ts'
import type { Parts } from './truth/read/parts.ts'

type Message = { readonly parts?: Parts; readonly fault?: string; readonly stack?: string }

/** Megabytes of heap. */
const memoryLimit = 256

type EvaluationFault = { readonly fault: string; readonly line?: number; readonly file?: string }

export type Evaluated = { readonly parts: Parts } | EvaluationFault

const declarations = `
  const same = (value) => value
  export const defineApp = Object.assign((value) => value, { unchecked: same })
  export { same as defineEntity, same as defineFields, same as defineView, same as defineWorkflow }
  export const env = (name, fallback = '') => process.env[name] ?? fallback
`

/** What `import … from 'truthfile'` means to a file that is run: only what a declaration needs. */
export const truthfile: Plugin = {
  name: 'truthfile',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^truthfile$/ }, () => ({ path: 'truthfile', namespace: 'truthfile' }))
    onLoad({ filter: /.*/, namespace: 'truthfile' }, () => ({ contents: declarations, loader: 'js' }))
  },
}

/** Writes a module of the user's, and what it imports, into one file that Node can run. */
export async function bundle(entry: string, outfile: string, more: BuildOptions): Promise<void> {
  const { build } = await import('esbuild')
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
    ...more,
  })
}

function run(file: string, seconds: number): Promise<Message> {
  const worker = new Worker(new URL('./evaluate-worker.mjs', import.meta.url), {
    workerData: { url: pathToFileURL(file).href },
    resourceLimits: { maxOldGenerationSizeMb: memoryLimit, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    stdout: true,
    stderr: true,
  })
  return new Promise((settle) => {
    const late = setTimeout(
      () => settle({ fault: `The file ran longer than ${seconds} seconds and was stopped.` }),
      seconds * 1000,
    )
    const done = (message: Message): void => {
      clearTimeout(late)
      settle(message)
    }
    worker.once('message', done)
    worker.once('error', (error) => {
      const outOfMemory = (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
      done({ fault: outOfMemory ? `The file used more than ${memoryLimit} MB of memory.` : error.message })
    })
    worker.once('exit', () => done({ fault: 'The file ended the process before it exported an app.' }))
  }).finally(() => worker.terminate()) as Promise<Message>
}

/** Runs the file at `entry`, for so many seconds at most. Faults of the file are returned, never thrown. */
export async function evaluateFile(entry: string, seconds = 10): Promise<Evaluated> {
  const folder = await mkdtemp(join(tmpdir(), 'truth-'))
  const outfile = join(folder, 'app.mjs')
  try {
    await bundle(entry, outfile, { plugins: [truthfile] })
    const message = await run(outfile, seconds)
    if (message.parts) return { parts: message.parts }
    return { fault: message.fault ?? 'The file failed.', ...placeInStack(message.stack, entry) }
  } catch (error) {
    return { fault: bundleFault(error) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What esbuild says, or whatever else went wrong. */
export function bundleFault(error: unknown): string {
  const first = (error as { errors?: readonly { text: string }[] }).errors?.[0]
  return first?.text ?? (error instanceof Error ? error.message : String(error))
}

/** The line of the user's own file that a stack names first. */
function placeInStack(stack: string | undefined, entry: string): { line?: number; file?: string } {
  const folder = resolve(entry, '..')
  for (const match of stack?.matchAll(/\(?(?:file:\/\/)?([^\s():]+\.ts):(\d+):\d+\)?/g) ?? []) {
    const file = resolve(match[1] ?? '')
    if (file.startsWith(folder)) return { file, line: Number(match[2]) - 1 }
  }
  return {}
}

/** A failed run as a fault, on the line that failed where that is known. */
export function evaluationFault(evaluated: EvaluationFault, file: string, text: string): Fault {
  const message = `Running the file failed: ${evaluated.fault}`
  const { line } = evaluated
  const starts = lineStarts(text)
  const sameFile = evaluated.file === undefined || evaluated.file.endsWith(file)
  if (line === undefined || !sameFile) return { code: codes.evaluation, message, at: { file, start: 0, end: 0 } }
  const whole = text.slice(starts[line] ?? 0, starts[line + 1] ?? text.length)
  const start = (starts[line] ?? 0) + whole.length - whole.trimStart().length
  return { code: codes.evaluation, message, at: { file, start, end: start + whole.trim().length } }
}
