import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteBudget } from '../src/index.ts'

/** A budget of ten bytes, whose time goes by when it is told so. */
function budget() {
  const timers = new Set<() => void>()
  const later = (run: () => void) => {
    const timer = () => {
      timers.delete(timer)
      run()
    }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const { take } = byteBudget({ bytes: 10, mostWaiting: 3, patience: 1000, later })
  return { take, timers }
}

const busy = { code: 'ServerBusy', details: { retryAfter: '10' } }
/** What has come of it by now. */
const now = (promise: Promise<unknown>) =>
  Promise.race([
    promise.then(
      () => 'given',
      () => 'refused',
    ),
    new Promise((resolve) => setImmediate(resolve, 'waits')),
  ])

describe('A budget of bytes', () => {
  test('gives to each in turn, as soon as there is enough', async () => {
    const { take } = budget()
    const first = await take(6)
    const [second, third] = [take(6), take(1)]
    expect([await now(second), await now(third)]).toEqual(['waits', 'waits'])
    first()
    expect([await now(second), await now(third)]).toEqual(['given', 'given'])
  })

  test('gives all that it has to who wants more', async () => {
    const { take } = budget()
    const release = await take(1000)
    const next = take(1)
    expect(await now(next)).toBe('waits')
    release()
    release()
    expect(await now(next)).toBe('given')
    expect(await now(take(10))).toBe('waits')
  })

  test('refuses who has waited too long, and serves those behind', async () => {
    const { take, timers } = budget()
    await take(6)
    const [long, short] = [take(6), take(4)]
    for (const run of timers) {
      run()
      break
    }
    await expect(long).rejects.toMatchObject(busy)
    expect(await now(short)).toBe('given')
    expect(timers.size).toBe(0)
  })

  test('refuses at once when too many wait', async () => {
    const { take } = budget()
    await take(10)
    const waiting = [take(1), take(1), take(1)]
    await expect(take(1)).rejects.toMatchObject(busy)
    expect(await now(Promise.all(waiting))).toBe('waits')
  })

  test('never gives more than it has, and in the end gives to all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 15 }), { maxLength: 20 }), async (wishes) => {
        const { take } = byteBudget({ bytes: 10, mostWaiting: 20, patience: 1000, later: () => () => undefined })
        let [held, served] = [0, 0]
        const use = async (wish: number) => {
          const release = await take(wish)
          held += Math.min(wish, 10)
          expect(held).toBeLessThanOrEqual(10)
          await Promise.resolve()
          held -= Math.min(wish, 10)
          served++
          release()
        }
        await Promise.all(wishes.map(use))
        expect(served).toBe(wishes.length)
      }),
    )
  })
})
