/** Registers one test with whatever runner is at hand: vitest's and node:test's `test` both fit. */
export type ContractTest = (name: string, run: () => Promise<void>) => void
