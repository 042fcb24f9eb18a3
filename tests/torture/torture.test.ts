import { expect, test } from 'vitest'
import { seed } from '../exploration.ts'
import { faultNames } from './faults.ts'
import { torture } from './torture.ts'

test('Whatever goes wrong among three servers, what they answer is what one file with one lock would.', async () => {
  const { wrong, calls, faults } = await torture({ seed, calls: 20_000, hasFaults: true })
  expect(wrong).toEqual([])
  expect(calls).toBeGreaterThanOrEqual(20_000)
  expect(faults.size).toBeGreaterThan(faultNames.length / 3)
}, 900_000)
