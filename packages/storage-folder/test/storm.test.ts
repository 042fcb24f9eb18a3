import { beforeAll, expect, test } from 'vitest'
import { build } from './built.ts'
import { newFolder } from './open-test-folder.ts'
import { storm } from './storm.ts'

beforeAll(build)

test('However often the process is killed under a storm of saves, files are whole and no acknowledged save is lost.', async () => {
  // The moments are spread over the stages of a save by steps that have no common measure.
  const report = await storm(newFolder(), 20, (round) => ({
    from: round % 4 === 3 ? 'start' : 'first save',
    milliseconds: (round * 61.8) % 150,
  }))
  expect(report.broken).toEqual([])
  expect(report.saved).toBeGreaterThanOrEqual(15)
}, 180_000)
