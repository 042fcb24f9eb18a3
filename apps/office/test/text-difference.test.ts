import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { difference } from '../src/documents/text/difference.ts'
import { replaceDifference } from '../web/src/documents/text/replace-difference.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😃', '🎈', ' ') })

/** No half of a character stands alone. */
const whole = /^(?:[^\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])*$/

test('what differs between two texts makes one into the other, and cuts no character apart', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { start, end, inserted } = difference(before, after)
      expect(before.slice(0, start) + inserted + before.slice(end)).toBe(after)
      for (const piece of [before.slice(0, start), before.slice(start, end), inserted]) expect(piece).toMatch(whole)
    }),
  )
})

test('a shared text that is replaced says exactly what is wanted, for everyone', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [one, other] = [new Y.Doc(), new Y.Doc()]
      one.getText('t').insert(0, before)
      replaceDifference(one.getText('t'), after)
      Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
      expect([one.getText('t').toString(), other.getText('t').toString()]).toEqual([after, after])
    }),
  )
})
