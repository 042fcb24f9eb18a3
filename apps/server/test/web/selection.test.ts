import fc from 'fast-check'
import { expect, test } from 'vitest'
import { all, extended, kept, nothing, only, toggled } from '../../web/src/list/selection.ts'

const list = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 })
const listAndTwo = list.chain((order) =>
  fc.tuple(fc.constant(order), fc.constantFrom(...order), fc.constantFrom(...order)),
)

test('a range reaches from where it began to where it ends, whichever comes first', () => {
  fc.assert(
    fc.property(listAndTwo, ([order, from, to]) => {
      const { ids, active } = extended(only(from), order, to)
      const [first = 0, last = 0] = [order.indexOf(from), order.indexOf(to)].toSorted((a, b) => a - b)
      expect([...ids]).toEqual(order.slice(first, last + 1))
      expect(active).toBe(to)
    }),
  )
})

test('toggling twice changes nothing', () => {
  fc.assert(
    fc.property(listAndTwo, ([, one, other]) => {
      expect(toggled(toggled(only(one), other), other).ids).toEqual(only(one).ids)
    }),
  )
})

test('what is chosen is always in the list, and so is the active row', () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      const { active, ids } = kept(all(nothing, before), before, after)
      for (const id of ids) expect(after).toContain(id)
      if (active !== undefined) expect(after).toContain(active)
    }),
  )
})

test('where the active row has gone, the next one is active, or else the one before', () => {
  expect(kept(only('b'), ['a', 'b', 'c'], ['a', 'c'])).toEqual(only('c'))
  expect(kept(only('c'), ['a', 'b', 'c'], ['a', 'b'])).toEqual(only('b'))
  expect(kept(only('a'), ['a'], [])).toEqual(nothing)
})
