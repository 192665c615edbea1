// The module of `settings.auth.provider` → the provider itself, run in this process. Called by `truth serve` only: neither
// the editor nor `truth check` comes here.

import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'
import { bundle, bundleFault, truthfile } from './evaluate.ts'
import type { AuthProvider } from './http/accounts/auth-provider.ts'

export type Provided = { readonly provider: AuthProvider | undefined } | { readonly fault: string }

/** Milliseconds that the module may take to start. */
const slowest = 30_000

/** The adapter of this very version: the build puts it beside the bundle. */
function adapterFile(): string {
  const built = fileURLToPath(new URL('./better-auth.js', import.meta.url))
  return existsSync(built) ? built : fileURLToPath(new URL('./better-auth.ts', import.meta.url))
}

/**
 * Packages stay what they are, as the app has them installed; the adapter comes from here. Their addresses are written
 * out, since the bundle lies where no package would be found.
 */
const packages: Plugin = {
  name: 'packages',
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /^truthfile\/better-auth$/ }, () => ({ path: adapterFile() }))
    onResolve({ filter: /^[^./#]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (kind === 'entry-point' || pluginData === packages || isBuiltin(path)) return undefined
      const found = await find(path, { kind, resolveDir, importer, pluginData: packages })
      if (found.errors.length > 0) return { errors: found.errors }
      // What a workspace or a `paths` of tsconfig leads to is the app's own text.
      if (!/[\\/]node_modules[\\/]/.test(found.path)) return { path: found.path }
      return { path: kind === 'require-call' ? found.path : pathToFileURL(found.path).href, external: true }
    })
  },
}

/** To the module it must look as if it ran where it lies. */
function placeOf(entry: string): Readonly<Record<string, string>> {
  const own = { url: pathToFileURL(entry).href, filename: entry, dirname: dirname(entry) }
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [`import.meta.${key}`, JSON.stringify(value)]))
}

/** What is wrong with what a module exports; undefined when it is a provider. */
function providerFault(value: unknown): string | undefined {
  const shape = 'its default export must be an `AuthProvider`: `export default fromBetterAuth(auth)`, or an object'
  if (typeof value !== 'object' || value === null) return `${shape}.`
  const { handle, person, ways, leave } = value as { readonly [key in keyof AuthProvider]: unknown }
  for (const [name, found] of Object.entries({ handle, person }))
    if (typeof found !== 'function') return `${shape} with a function \`${name}\`.`
  if (leave !== undefined && typeof leave !== 'function') return `${shape} whose \`leave\` is a function.`
  const isWay = (way: { readonly label?: unknown; readonly path?: unknown } | null): boolean =>
    typeof way?.label === 'string' && typeof way.path === 'string'
  if (ways !== undefined && !(Array.isArray(ways) && ways.every(isWay)))
    return `${shape} whose \`ways\` are a list of \`{ label, path }\`.`
  return undefined
}

/** Runs the module, and asks its provider once, of nobody, since some begin their work when they are first asked. */
async function run(file: string): Promise<Provided> {
  let late: NodeJS.Timeout | undefined
  let broken: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_, fail) => {
    late = setTimeout(() => fail(new Error(`It took longer than ${slowest / 1000} seconds.`)), slowest)
    broken = fail
  })
  // What a library begins by itself and nobody waits for, such as a look at its secret, is found broken here as well.
  process.on('unhandledRejection', broken)
  try {
    const module = (await Promise.race([import(pathToFileURL(file).href), failed])) as { readonly default?: unknown }
    const fault = providerFault(module.default)
    if (fault !== undefined) return { fault }
    const provider = module.default as AuthProvider
    await Promise.race([provider.person(new Request('http://localhost/')), failed])
    await Promise.race([nextTurn(), failed])
    return { provider }
  } finally {
    clearTimeout(late)
    process.off('unhandledRejection', broken)
  }
}

/** Where esbuild stopped reading. */
function lineOf(error: unknown): string {
  const line = (error as { errors?: readonly { location?: { line: number } | null }[] } | null)?.errors?.[0]?.location
    ?.line
  return line === undefined ? '' : `, in line ${line}`
}

const missing = /Could not resolve "([^"./][^"]*)"/

/** The package of what is imported: `@scope/name` of `@scope/name/part`. */
const packageOf = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier

/** Loads the provider of an app from its path relative to the app's folder. Faults are told, never thrown. */
export async function loadProvider(folder: string, path: string): Promise<Provided> {
  const entry = resolve(folder, path)
  const fault = (what: string): Provided => ({ fault: `settings.auth.provider, ${path}: ${what}` })
  if (!existsSync(entry)) return fault(`there is no such file. It is looked for at ${entry}.`)
  const place = await mkdtemp(join(tmpdir(), 'truth-'))
  try {
    const outfile = join(place, 'provider.mjs')
    // Without the condition `module`, which Node itself does not go by.
    const more = { conditions: [], define: placeOf(entry), plugins: [truthfile, packages] }
    await bundle(entry, outfile, more)
    const made = await run(outfile)
    return 'fault' in made ? fault(made.fault) : made
  } catch (error) {
    const told = bundleFault(error)
    const name = missing.exec(told)?.[1]
    const fix = name === undefined ? '' : ` Install it beside the truth file: \`npm install ${packageOf(name)}\`.`
    const line = name === undefined ? lineOf(error) : ''
    return fault(`it cannot be run. ${told}${line}${/[.!?]$/.test(told + line) ? '' : '.'}${fix}`)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
