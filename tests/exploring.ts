import type { IRawProperty, Parameters } from 'fast-check'
import { expect } from 'vitest'

type Assert = <Ts>(property: IRawProperty<Ts>, params?: Parameters<Ts>) => Promise<void> | void

/** How much of an exploration there is to be: as in `exploration.ts`. */
interface Exploration {
  readonly seed: number
  readonly times: number
  readonly longest: number
}

/** Asserts a property with one seed after the other, until it fails, has been asserted often enough, or has taken long. */
export function exploring({ assert }: { readonly assert: Assert }, exploration: Exploration): Assert {
  return (property, params) => {
    const assertWith = (seed: number) => assert(property, { ...params, seed })
    const inTurn = seeds(exploration)
    return property.isAsync() ? withEachAwaited(inTurn, assertWith) : withEach(inTurn, assertWith)
  }
}

function withEach(seeds: Iterable<number>, assertWith: (seed: number) => unknown): void {
  for (const seed of seeds)
    try {
      assertWith(seed)
    } catch (error) {
      throw repeatable(error, seed)
    }
}

async function withEachAwaited(seeds: Iterable<number>, assertWith: (seed: number) => unknown): Promise<void> {
  for (const seed of seeds)
    try {
      await assertWith(seed)
    } catch (error) {
      throw repeatable(error, seed)
    }
}

function* seeds({ seed, times, longest }: Exploration): Generator<number> {
  const end = performance.now() + longest
  for (let number = 0; number < times && (number === 0 || performance.now() < end); number++) yield seed + number
}

/** The same failure, with the command that makes it happen again. */
function repeatable(error: unknown, seed: number): unknown {
  const path = expect.getState().testPath ?? ''
  if (error instanceof Error) error.message += `\nAgain: npm run explore -- --times 1 --seed ${seed} ${path}`
  return error
}
