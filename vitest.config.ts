import { defineConfig } from 'vitest/config'

const source = (path: string): string => new URL(path, import.meta.url).pathname

const resolve = {
  alias: [
    { find: /^truthfile$/, replacement: source('./runtime/index.ts') },
    { find: /^truthfile\/better-auth$/, replacement: source('./runtime/better-auth.ts') },
    { find: /^truthfile\/client$/, replacement: source('./runtime/client.ts') },
    { find: /^truthfile\/expr$/, replacement: source('./expr/index.ts') },
  ],
}

// `npm run check` runs the unit tests; `npm test` adds the API over a remote database, the real browser,
// the packed package and what takes long.
export default defineConfig({
  test: {
    // By default one core is left idle, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
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
          include: [
            'test/{browser,package,long}/**/*.test.ts',
            'test/editor/{neovim,emacs}.test.ts',
            'test/expr/agreement.test.ts',
            'test/static/{app,calls,twins}.test.ts',
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
