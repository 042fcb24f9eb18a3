import { expect, test } from 'vitest'
import { lockIds } from '../../src/editing/lock-id.ts'

const ids = lockIds(Buffer.alloc(32, 1))
const claim = (epoch: number, wopiSrc = 'https://host.example.org/wopi/files/a') => ({ wopiSrc, epoch })

test('every claim has a lock id of its own, which a WOPI header takes', () => {
  expect(ids.of(claim(1))).not.toBe(ids.of(claim(2)))
  expect(ids.of(claim(1))).not.toBe(ids.of(claim(1, 'https://host.example.org/wopi/files/b')))
  expect(ids.of(claim(1_700_000_000_000))).toMatch(/^[\x21-\x7e]{1,64}$/)
})

test('a claim takes the place of those before it on the same document, and of no other', () => {
  expect(ids.isEarlier(ids.of(claim(1)), claim(2))).toBe(true)
  expect(ids.isEarlier(ids.of(claim(0)), claim(2))).toBe(true)
  expect(ids.isEarlier(ids.of(claim(2)), claim(2))).toBe(false)
  expect(ids.isEarlier(ids.of(claim(3)), claim(2))).toBe(false)
  expect(ids.isEarlier(ids.of(claim(1, 'https://host.example.org/wopi/files/b')), claim(2))).toBe(false)
  expect(ids.isEarlier(lockIds(Buffer.alloc(32, 2)).of(claim(1)), claim(2))).toBe(false)
  for (const strange of ['', 'mine', `${ids.of(claim(0))}-`, `${ids.of(claim(0))}-x`, `${ids.of(claim(0))}1`])
    expect(ids.isEarlier(strange, claim(2))).toBe(strange === `${ids.of(claim(0))}-`)
})
