import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seed } from './exploration.ts'
import { exploring } from './exploring.ts'

const number = fc.integer({ min: 0, max: 999_999 })
const holdsMostly = (value: number) => value % 5000 !== 77
const again = /Again: npm run explore -- --times 1 --seed (\d+) .*exploring\.test\.ts$/

test('a property is tested with the same cases each time, unless other cases are asked for', () => {
  const seen: number[][] = []
  const see = () => {
    const cases: number[] = []
    fc.assert(fc.property(number, (value) => void cases.push(value)))
    seen.push(cases)
  }
  see()
  see()
  expect(fc.readConfigureGlobal().seed).toBe(seed)
  expect(seen[1]).toEqual(seen[0])
})

test('what fails seldom is found, and comes again with the seed that is printed', async () => {
  const explore = exploring(fc, { seed: 1, times: 10_000, longest: 60_000 })
  const property = fc.property(number, holdsMostly)
  const awaited = fc.asyncProperty(number, async (value) => holdsMostly(value))
  expect(() => explore(property)).toThrow(again)
  await expect(explore(awaited)).rejects.toThrow(again)
  const [, found] = again.exec(messageOf(() => explore(property))) ?? []
  expect(() => fc.assert(property, { seed: Number(found) })).toThrow(/Property failed/)
})

test('what does not fail is tested as often as is asked for, or as long', () => {
  let count = 0
  const property = fc.property(number, () => void count++)
  exploring(fc, { seed: 1, times: 20, longest: 60_000 })(property, { numRuns: 10 })
  expect(count).toBe(200)
  exploring(fc, { seed: 1, times: 1_000_000, longest: 0 })(property, { numRuns: 10 })
  expect(count).toBe(210)
})

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return ''
}
