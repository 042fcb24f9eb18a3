import { expect, test } from 'vitest'
import { explore } from '../src/explore.ts'

/** A machine that goes wrong once 7 has come, and 3 after it. */
const breaks = (steps: readonly number[]) => {
  const at = steps.indexOf(7)
  return at >= 0 && steps.slice(at).includes(3)
}

const isFinding = (error: unknown): error is Error => error instanceof RangeError

/** Numbers below ten that nobody would call orderly, the same each time. */
function numbers() {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * 10)
  }
}

const playing = (isWrong: (steps: readonly number[]) => boolean) => ({
  step: numbers(),
  play: async (steps: readonly number[]) => {
    if (isWrong(steps)) throw new RangeError(steps.join())
  },
  isFinding,
  sequences: 5,
  length: 60,
})

test('A sequence that goes wrong is made as short as it can be', async () => {
  const wrong = await explore(playing(breaks))
  expect(wrong?.steps).toEqual([7, 3])
  expect(wrong?.error.message).toBe('7,3')
})

test('A single step that goes wrong is all that is left', async () => {
  expect((await explore(playing((steps) => steps.includes(4))))?.steps).toEqual([4])
})

test('Nothing is found where nothing goes wrong', async () => {
  expect(await explore(playing(() => false))).toBeUndefined()
})

test('What is no finding ends the exploration', async () => {
  const play = async () => Promise.reject(new TypeError('the host is gone'))
  await expect(explore({ ...playing(() => false), play })).rejects.toThrow('the host is gone')
})
