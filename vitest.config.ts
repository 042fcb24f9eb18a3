import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './tests/slowest-first.ts'

export default defineConfig({
  // Workspace packages are tested as their sources, not as they were last built.
  resolve: { conditions: ['source', 'node'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'examples/test/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    setupFiles: ['tests/compare-bytes.ts', 'tests/property-tests.ts'],
    globalSetup: ['tests/servers/start-servers.ts'],
    // Programs, browsers and databases work in most tests: bounds are for what never comes, not for what comes late.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    sequence: { sequencer: SlowestFirst },
    // Many tests wait, for other programs or for time to pass: it takes three to keep two processors busy.
    maxWorkers: 3,
  },
})
