import { vi } from 'vitest'

// A property is tested with the same cases in each run of the tests: whether a change is fine is not left to chance.
// `npm run explore` looks for cases that nobody has thought of.
// This is done where a test imports fast-check, for most tests do without.
vi.mock('fast-check', async (original: () => Promise<typeof import('fast-check')>) => {
  const fastCheck = await original()
  const exploration = await import('./exploration.ts')
  fastCheck.configureGlobal({ ...fastCheck.readConfigureGlobal(), seed: exploration.seed })
  if (exploration.times === 1) return fastCheck
  const { exploring } = await import('./exploring.ts')
  const assert = exploring(fastCheck, exploration)
  return { ...fastCheck, assert, default: { ...fastCheck.default, assert } }
})
