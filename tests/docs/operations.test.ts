import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checks } from '@openwopi/conformance'
import { operationEntries, reserved } from '@openwopi/protocol'
import { expect, test } from 'vitest'
import { root } from '../architecture/source.ts'

const page = readFileSync(join(root, 'docs/operations.md'), 'utf8')
const sections = page.split(/^## /m).slice(1)

/** Made for all operations alike: these show who may ask, and little more. */
const general = ['tokens', 'overrides', 'offers', 'properties']

const titled = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

test('The page of operations has a section for each, and each for the bootstrapper’s.', () => {
  const titles = sections.map((section) => section.split('\n')[0])
  expect(operationEntries.map(([name]) => titled(name)).filter((title) => !titles.includes(title))).toEqual([])
  expect(titles.filter((title) => title?.endsWith('at the bootstrapper')).length).toBe(4)
})

test('Each operation that is carried out has a file and checks of its own; the others are at least tried.', () => {
  const unproved = operationEntries
    .map(([name]) => name)
    .filter((name) => {
      const covering = checks.filter(({ covers }) => covers.includes(name))
      return !(name in reserved ? covering : covering.filter(({ group }) => !general.includes(group))).length
    })
  expect(unproved).toEqual([])
  const unproven = sections.filter((section) => section.includes('Proved by no check') && !section.includes('with 501'))
  expect(unproven).toEqual([])
})

test('Every file that the page of operations names is there.', () => {
  const named = [...page.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = '']) => path)
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
})
