import { expect, test } from 'vitest'
import { breaks } from './breaks/breaks.js'
import { torture } from './torture.ts'

test.each(Object.keys(breaks))(
  'Servers that are broken are found out: %s.',
  async (broken) => {
    const { wrong } = await torture({ seed: 1, calls: 40_000, hasFaults: false, broken })
    expect(wrong.join('\n')).toMatch(/no order explains the answers|is said to hold both|never sent so/)
  },
  600_000,
)
