import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, nearest } from '../../src/cli/nearest.ts'

const word = fc.string({ maxLength: 12 })

test('Distances are those of a metric: none to itself, the same both ways, at most the longer length', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, a)).toBe(0)
      expect(editDistance(a, b)).toBe(editDistance(b, a))
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
    }),
  )
})

test.each([
  ['port', 'prot', 1],
  ['port', 'pot', 1],
  ['port', 'ports', 1],
  ['port', 'part', 1],
  ['serve', 'server', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('From %j to %j it takes %i changes', (a, b, changes) => {
  expect(editDistance(a, b)).toBe(changes)
})

test('The nearest name is suggested, and none where none is near', () => {
  const names = ['port', 'host', 'public-url', 'proof']
  expect(nearest('prot', names)).toBe('port')
  expect(nearest('PUBLIC_URL', names)).toBe('public-url')
  expect(nearest('elephant', names)).toBeUndefined()
})
