import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const workspace = fileURLToPath(new URL('..', import.meta.url))

/** Builds the package, for programs that run without the test runner. */
export function build(): void {
  try {
    execFileSync(fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url)), ['-b', workspace], {
      encoding: 'utf8',
    })
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    throw new Error(`the package does not build:\n${output}`, { cause: error })
  }
}

/** The path of a program beside the tests. */
export const program = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url))
