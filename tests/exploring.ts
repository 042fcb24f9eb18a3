import type { IRawProperty, Parameters } from 'fast-check'
import { expect } from 'vitest'
import { longest, seed, times } from './exploration.ts'

type Assert = <Ts>(property: IRawProperty<Ts>, params?: Parameters<Ts>) => Promise<void> | void

/** Asserts a property with one seed after the other, until it fails, has been asserted often enough, or has taken long. */
export function exploring({ assert }: { readonly assert: Assert }): Assert {
  return (property, params) => {
    const assertWith = (seed: number) => assert(property, { ...params, seed })
    return property.isAsync() ? withEachAwaited(assertWith) : withEach(assertWith)
  }
}

function withEach(assertWith: (seed: number) => unknown): void {
  for (const seed of seeds())
    try {
      assertWith(seed)
    } catch (error) {
      throw repeatable(error, seed)
    }
}

async function withEachAwaited(assertWith: (seed: number) => unknown): Promise<void> {
  for (const seed of seeds())
    try {
      await assertWith(seed)
    } catch (error) {
      throw repeatable(error, seed)
    }
}

function* seeds(): Generator<number> {
  const end = performance.now() + longest
  for (let number = 0; number < times && (number === 0 || performance.now() < end); number++) yield seed + number
}

/** The same failure, with the command that makes it happen again. */
function repeatable(error: unknown, seed: number): unknown {
  const path = expect.getState().testPath ?? ''
  if (error instanceof Error) error.message += `\nAgain: npm run explore -- --times 1 --seed ${seed} ${path}`
  return error
}
