import type { Check } from '../check.ts'
import { explore } from '../explore.ts'
import { CheckFailed, expectLock, expectStatus } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs, titled } from '../words.ts'
import { bytesOf, says, type World } from '../world.ts'

const moves = ['lock', 'refreshLock', 'unlock', 'unlockAndRelock', 'putFile', 'getLock'] as const

/** One operation, with which of the three ids. */
interface Step {
  readonly operation: (typeof moves)[number]
  readonly lock: number
  readonly old: number
}

const letters = ['A', 'B', 'C']

function inWords({ operation, lock, old }: Step): string {
  if (operation === 'getLock') return 'GetLock'
  if (operation === 'unlockAndRelock') return `UnlockAndRelock from ${letters[old]} to ${letters[lock]}`
  return `${titled(operation)} ${letters[lock]}`
}

function inputOf({ operation, lock, old }: Step, ids: readonly string[]): Readonly<Record<string, unknown>> {
  if (operation === 'getLock') return {}
  if (operation === 'unlockAndRelock') return { lock: ids[lock], oldLock: ids[old] }
  return operation === 'putFile' ? { lock: ids[lock], content: bytesOf('saved') } : { lock: ids[lock] }
}

/** Which id a file is held with after a step, and whether the step may be done. */
function ruled(held: number | undefined, { operation, lock, old }: Step): readonly [boolean, number | undefined] {
  if (operation === 'getLock') return [true, held]
  const isRight =
    held === (operation === 'unlockAndRelock' ? old : lock) || (operation === 'lock' && held === undefined)
  if (!isRight || operation === 'putFile') return [isRight, held]
  return [true, operation === 'unlock' ? undefined : lock]
}

/** Plays steps on a file that nobody holds and that is not empty, and looks at each answer. */
async function play(world: World, target: Target, steps: readonly Step[]): Promise<void> {
  const ids = letters.map(() => world.newLock())
  let held: number | undefined
  for (const step of steps) {
    const [isRight, next] = ruled(held, step)
    const answer = await target.ask(step.operation, inputOf(step, ids))
    const about = `to ${inWords(step)} on a file that is ${held === undefined ? 'unlocked' : `held with ${letters[held]}`}`
    expectStatus(answer, [isRight ? 200 : 409], about)
    // A host may say after the grace it gives to a late save that the file is unlocked; a named lock is always right.
    if ((!isRight && held !== undefined) || step.operation === 'getLock') expectLock(answer, ids[held ?? -1] ?? '')
    held = next
  }
  await target.release()
}

const isFinding = (error: unknown): error is CheckFailed => error instanceof CheckFailed

/** Any sequence of operations on locks, against the rules. */
export const lockSequences: readonly Check[] = [
  {
    says: 'Random lock operations in a row do what the rules say of each.',
    group: 'locks',
    covers: ['lock', 'refreshLock', 'unlock', 'unlockAndRelock', 'putFile'],
    promised: ['SupportsLocks'],
    spec: `${docs.rest}/concepts#lock`,
    needs: ['scratch'],
    async run(world) {
      const pick = (count: number) => Math.floor(world.random() * count)
      const offered = moves.filter((operation) => operation !== 'getLock' || says(world.info, 'SupportsGetLock'))
      const wrong = await explore<Step>({
        sequences: 3,
        length: 40,
        step: () => ({ operation: offered[pick(offered.length)] ?? 'lock', lock: pick(3), old: pick(3) }),
        play: async (steps) => play(world, await world.scratch('not empty'), steps),
        isFinding,
      })
      if (!wrong || !isFinding(wrong.error)) return
      const story = wrong.steps.map(inWords).join(', ')
      throw new CheckFailed(wrong.error.expected, `${wrong.error.came}, after no more than: ${story}`)
    },
  },
]
