import process from 'node:process'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const source = (path: string): string => new URL(path, import.meta.url).pathname

const resolve = {
  alias: [
    { find: /^truthfile$/, replacement: source('./runtime/index.ts') },
    { find: /^truthfile\/better-auth$/, replacement: source('./runtime/better-auth.ts') },
    { find: /^truthfile\/client$/, replacement: source('./runtime/client.ts') },
    { find: /^truthfile\/expr$/, replacement: source('./expr/index.ts') },
  ],
}

/**
 * Most functions of a test run a few times, and Node 20 takes a fifth of all time for making them fast. Later ones have a
 * quicker way of it, and not this option.
 */
const execArgv = process.versions.node.startsWith('20.') ? ['--interrupt-budget=500000'] : []

/** Packages are imported as Node does it: made to look alike, every name of TypeScript's is looked up in two places. */
const deps = { interopDefault: false }

/** A worker serves one project, so one project comes after the other: what takes long first. */
const projects = ['whole', 'unit', 'remote']

/** Files that take longest, and the browser, which may have to be fetched first. */
const longest = [
  'browser/',
  'long/compilers',
  'long/waiting',
  'package/',
  'expr/agreement',
  'long/',
  'static/',
  'http/slow-clients',
  'cli/',
]

function placeOf({ project, moduleId }: TestSpecification): number {
  const place = longest.findIndex((name) => moduleId.includes(`/test/${name}`))
  return 100 * projects.indexOf(project.name) + (place < 0 ? longest.length : place)
}

/** What takes longest comes first, so that no core waits for it at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

// `npm run check` runs the unit tests; `npm test` adds the API over a remote database, the real browser,
// the packed package and what takes long.
export default defineConfig({
  test: {
    // By default one core is left idle, which on two cores is half of them.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          execArgv,
          deps,
          // Importing the project anew for each file is a quarter of the time; its modules keep no state.
          isolate: false,
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [
            'test/browser/**',
            'test/package/**',
            'test/editor/**',
            'test/long/**',
            'test/bench/**',
            '**/node_modules/**',
          ],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: 'remote',
          execArgv,
          deps,
          include: ['test/http/**/*.test.ts'],
          isolate: false,
          env: { TRUTH_TEST_DATABASE: 'remote' },
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: 'whole',
          execArgv,
          deps,
          isolate: false,
          include: [
            'test/{browser,package,long}/**/*.test.ts',
            'test/editor/{neovim,emacs}.test.ts',
            'test/expr/agreement.test.ts',
          ],
          env: { TRUTH_EXPRESSIONS: process.env.TRUTH_EXPRESSIONS ?? '16000', TRUTH_COMPILERS: 'older' },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        resolve,
        test: {
          name: 'editor',
          include: ['test/editor/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 400_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
