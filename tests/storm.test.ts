import { expect, test } from 'vitest'
import { storm } from '../bench/src/storm.ts'
import { withWorkplace } from '../bench/src/workplace.ts'
import { seed } from './exploration.ts'
import { chance } from './torture/chance.ts'

test('Killed 20 times in a storm of saves, the host keeps each file whole and loses no save it has answered.', async () => {
  const { saved, wrong } = await withWorkplace((place) => storm(place, 20, chance(seed).next))
  expect(wrong).toEqual([])
  expect(saved).toBeGreaterThan(10)
}, 300_000)
