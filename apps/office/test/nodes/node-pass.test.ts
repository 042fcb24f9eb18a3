import { expect, test } from 'vitest'
import { nodePass } from '../../src/nodes/node-pass.ts'

const secret = Buffer.alloc(32, 1)
const passed = { to: 'there', method: 'POST', path: '/api/open?a=1', ticketId: 'ticket' }

test('a pass is good for the one request that it was given for', () => {
  const pass = nodePass(secret, () => 1_000_000)
  const given = pass.give(passed)
  expect(pass.isGood(given, passed)).toBe(true)
  for (const other of [{ to: 'here' }, { method: 'GET' }, { path: '/api/base' }, { ticketId: 'another' }])
    expect(pass.isGood(given, { ...passed, ...other })).toBe(false)
})

test('a pass ends, however it is dated', () => {
  let at = 1_000_000
  const pass = nodePass(secret, () => at)
  const given = pass.give(passed)
  at += 59_000
  expect(pass.isGood(given, passed)).toBe(true)
  at += 2_000
  expect(pass.isGood(given, passed)).toBe(false)
  expect(pass.isGood(given.replace(/^\d+/, String(at)), passed)).toBe(false)
})

test('whoever does not know the secret makes no pass, and rubbish is none', () => {
  const pass = nodePass(secret, () => 1_000_000)
  const forged = nodePass(Buffer.alloc(32, 2), () => 1_000_000).give(passed)
  for (const one of [forged, undefined, '', '.', '1000000.', '1000000.%%%', `-1.${'A'.repeat(43)}`, 'NaN.AAAA'])
    expect(pass.isGood(one, passed)).toBe(false)
})
