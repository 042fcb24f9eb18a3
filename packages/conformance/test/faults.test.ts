import { expect, test, vi } from 'vitest'
import { checks } from '../src/index.ts'
import { type Fault, foundIn } from './broken/fault.ts'
import { subjects } from './broken/faults.ts'

// Hundreds of checks are run against every one of these hosts, beside other tests.
vi.setConfig({ testTimeout: 1_800_000 })

test('Every fault is named by a check that exists', () => {
  const all = Object.values(subjects).flatMap(({ faults }) => faults)
  const sentences = new Set(checks.map(({ says }) => says))
  expect(all.filter(({ named }) => !sentences.has(named)).map(({ does }) => does)).toEqual([])
  expect(all.length).toBeGreaterThanOrEqual(30)
})

test('A right host fails no check, of whatever weight', async () => {
  expect(await foundIn({ does: 'nothing wrong', named: '', make: (next) => next })).toEqual([])
})

const inSection = ({ does }: Fault, found: readonly string[]) =>
  [`A host that ${does}`, ...found.map((says) => `  ${says}`), ''].join('\n')

test.each(Object.entries(subjects))(
  'A fault about %s is found by the check that names it, and by no others than those listed',
  async (about, { faults, groups }) => {
    const sections: string[] = []
    const unnamed: string[] = []
    for (const each of faults) {
      const found = await foundIn(each, groups)
      if (!found.includes(each.named)) unnamed.push(each.does)
      sections.push(inSection(each, found))
    }
    expect.soft(unnamed).toEqual([])
    await expect(sections.join('\n')).toMatchFileSnapshot(`./broken/found/${about}.txt`)
  },
)
