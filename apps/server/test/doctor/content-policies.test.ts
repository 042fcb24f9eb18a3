import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allows, policiesIn } from '../../src/doctor/content-policies.ts'

const frames = ['frame-src', 'child-src', 'default-src']
const self = 'https://files.example.org'
const may = (header: string, origin = 'https://office.example.org', directives = frames) =>
  allows(policiesIn(header), directives, { origin, self })

test.each([
  ['', true],
  ["default-src 'self'", false],
  ["default-src 'self'; frame-src https://office.example.org", true],
  ['frame-src https://office.example.org:443', true],
  ['frame-src https://office.example.org:8443', false],
  ['frame-src office.example.org', true],
  ['frame-src *.example.org', true],
  ['frame-src *.other.org', false],
  ['frame-src https:', true],
  ['frame-src http:', false],
  ['frame-src *', true],
  ["frame-src 'none'", false],
  ['frame-src', false],
  ["child-src 'none'; frame-src *", true],
  ["FRAME-SRC https://OFFICE.example.org; frame-src 'none'", true],
  ['frame-src https://office.example.org, frame-src *', true],
  ["frame-src https://office.example.org, default-src 'self'", false],
  ["script-src 'none'", true],
])('the policy "%s" lets a page show a frame of another origin: %s', (header, expected) => {
  expect(may(header)).toBe(expected)
})

test('a page is its own origin, and a client that allows its own alone is framed by no other', () => {
  expect(may("frame-ancestors 'self'", self, ['frame-ancestors'])).toBe(true)
  expect(may("frame-ancestors 'self'", 'https://other.example.org', ['frame-ancestors'])).toBe(false)
  expect(may('frame-ancestors http://127.0.0.1:*', 'http://127.0.0.1:8080', ['frame-ancestors'])).toBe(true)
})

test('whatever stands in a policy, another one beside it allows nothing more', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const strict = "default-src 'none'"
      expect(may(`${strict}, ${header}`)).toBe(false)
    }),
  )
})
