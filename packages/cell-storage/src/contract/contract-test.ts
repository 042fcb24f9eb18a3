/** Declares a test, as most test runners do. */
export type Test = (name: string, run: () => Promise<void>) => void
