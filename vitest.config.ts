import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: [
      { find: /^truthfile$/, replacement: new URL('./runtime/index.ts', import.meta.url).pathname },
      { find: /^truthfile\/expr$/, replacement: new URL('./expr/index.ts', import.meta.url).pathname },
    ],
  },
  test: { include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: ['test/bench/**', '**/node_modules/**'], testTimeout: 30_000 },
})
