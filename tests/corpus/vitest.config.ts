import { defineConfig } from 'vitest/config'

/** The whole corpus: `npm run corpus`. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  resolve: { conditions: ['source', 'node'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    include: ['tests/corpus/corpus.run.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 240_000,
    maxWorkers: 1,
    maxConcurrency: 3,
  },
})
