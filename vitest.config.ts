import { defineConfig } from 'vitest/config'

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
    globalSetup: ['tests/servers/start-servers.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
