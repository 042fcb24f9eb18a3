import { defineConfig } from 'vitest/config'

/** The long run: `npm run torture`. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  resolve: { conditions: ['source', 'node'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    include: ['tests/torture/torture.run.ts'],
    testTimeout: 24 * 60 * 60_000,
    maxWorkers: 1,
    disableConsoleIntercept: true,
  },
})
