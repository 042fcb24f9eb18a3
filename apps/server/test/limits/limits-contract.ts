import { expect, test } from 'vitest'
import type { RateLimits } from '../../src/limits/rate-limit.ts'

/** Limits, and others that stand on the same, by a clock that the test sets. */
export interface TestLimits {
  readonly limits: RateLimits
  readonly again: () => RateLimits
}

const minute = 60_000
const tenAMinute = { times: 10, per: minute }

/** What limits must do, however they count. */
export function limitsContract(create: (now: () => number) => Promise<TestLimits>): void {
  let at = 1_700_000_000_123
  const make = () => create(() => at)
  const many = async (count: number, take: () => Promise<number>) => {
    const waits: number[] = []
    for (let each = 0; each < count; each++) waits.push(await take())
    return waits
  }

  test('so many times at once are free, and then one after the other', async () => {
    const limit = (await make()).limits('tries', tenAMinute)
    expect(await many(10, () => limit.take('a'))).toEqual(Array(10).fill(0))
    const wait = await limit.take('a')
    expect(wait).toBeGreaterThan(5900)
    expect(wait).toBeLessThanOrEqual(6001)
    at += 3000
    expect(await limit.take('a')).toBeLessThanOrEqual(3001)
    at += 3001
    expect(await many(2, () => limit.take('a'))).toEqual([0, expect.any(Number)])
    expect(await limit.take('a')).toBeGreaterThan(0)
    at += 10 * minute
    expect(await many(10, () => limit.take('a'))).toEqual(Array(10).fill(0))
    expect(await limit.take('a')).toBeGreaterThan(0)
  })

  test('keys and limits of other names are others, and fractions do not add up to one too many', async () => {
    const { limits } = await make()
    const three = limits('three', { times: 3, per: 1000 })
    expect(await many(3, () => three.take('a'))).toEqual([0, 0, 0])
    expect(await three.take('a')).toBeGreaterThan(0)
    expect(await three.take('b')).toBe(0)
    expect(await limits('others', { times: 3, per: 1000 }).take('a')).toBe(0)
  })

  test('what is given back does not count', async () => {
    const limit = (await make()).limits('tries', tenAMinute)
    await many(10, () => limit.take('a'))
    await limit.giveBack('a')
    expect(await many(2, () => limit.take('a'))).toEqual([0, expect.any(Number)])
    await limit.giveBack('never taken')
  })

  test('of many at once, only so many are free, whoever counts', async () => {
    const { limits, again } = await make()
    const both = [limits('tries', tenAMinute), again()('tries', tenAMinute)]
    const waits = await Promise.all(Array.from({ length: 30 }, (_, each) => both[each % 2]?.take('a')))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10)
  })
}
