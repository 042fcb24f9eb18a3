import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Interval, linearize, type Specification } from './linearize.ts'

/** A register that is read, written, or changed only from the value that was expected. */
interface Call extends Interval {
  readonly what: 'read' | 'write' | 'swap'
  readonly from: number
  readonly to: number
  /** What was answered: the value read, or 1 and 0 for a swap that did and did not happen. */
  readonly answer: number
}

const register: Specification<number, Call> = {
  initial: 0,
  name: String,
  step(state, { what, from, to, answer, ended }) {
    if (ended === Number.POSITIVE_INFINITY) return what === 'swap' && state !== from ? [] : [to]
    if (what === 'read') return answer === state ? [state] : []
    if (what === 'write') return [to]
    return (state === from) === (answer === 1) ? [state === from ? to : state] : []
  },
}

/** The same by the definition: every order of every choice of the calls whose end nobody knows. */
function byDefinition(calls: readonly Call[], state = register.initial): boolean {
  if (calls.every(({ ended }) => ended === Number.POSITIVE_INFINITY)) return true
  return calls.some((call) => {
    const others = calls.filter((other) => other !== call)
    if (others.some(({ ended }) => ended < call.began)) return false
    return register.step(state, call).some((after) => byDefinition(others, after))
  })
}

const value = fc.nat(2)
const call: fc.Arbitrary<Call> = fc
  .record({
    what: fc.constantFrom('read' as const, 'write' as const, 'swap' as const),
    from: value,
    to: value,
    answer: value,
    began: fc.nat(10),
    length: fc.nat(5),
    isUnknown: fc.nat(2).map((one) => one === 0),
  })
  .map(({ length, isUnknown, ...rest }) => ({
    ...rest,
    answer: rest.what === 'read' ? rest.answer : rest.answer % 2,
    ended: isUnknown && rest.what !== 'read' ? Number.POSITIVE_INFINITY : rest.began + length,
  }))

/** What calls of unknown end do to a register is all that tells them apart. */
const byKind = { ...register, kind: ({ what, from, to }: Call) => `${what} ${what === 'swap' ? from : ''} ${to}` }

test('A history is found linearizable exactly if some order of its calls explains all answers.', () => {
  const found = { yes: 0, no: 0 }
  fc.assert(
    fc.property(fc.array(call, { maxLength: 7 }), (calls) => {
      const expected = byDefinition(calls)
      found[expected ? 'yes' : 'no']++
      for (const specification of [register, byKind])
        expect(linearize(calls, specification).is).toBe(expected ? 'linearizable' : 'not linearizable')
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(found.yes, found.no)).toBeGreaterThan(300)
})

const write = (to: number, began: number, ended: number): Call => ({
  what: 'write',
  from: 0,
  to,
  answer: 1,
  began,
  ended,
})
const read = (answer: number, began: number, ended: number): Call => ({
  what: 'read',
  from: 0,
  to: 0,
  answer,
  began,
  ended,
})

test('A read that is answered with what was there before a write that had ended is told, with what came before it.', () => {
  const calls = [write(1, 0, 1), read(1, 2, 3), read(0, 4, 5)]
  expect(linearize(calls, register)).toEqual({ is: 'not linearizable', order: calls.slice(0, 2) })
})

test('A write whose end nobody knows may take effect late, or never.', () => {
  const lost = write(1, 0, Number.POSITIVE_INFINITY)
  expect(linearize([lost, read(0, 1, 2), read(1, 3, 4)], register).is).toBe('linearizable')
  expect(linearize([lost, read(0, 1, 2), read(0, 3, 4)], register).is).toBe('linearizable')
  expect(linearize([lost, read(1, 1, 2), read(0, 3, 4)], register).is).toBe('not linearizable')
})

test('A search that takes too long is given up rather than called a success.', () => {
  const calls = Array.from({ length: 12 }, (_, index) => write(index, 0, 1))
  expect(linearize([...calls, read(99, 2, 3)], register, 100).is).toBe('undecided')
})

test('A long history of calls that overlap is decided at once.', () => {
  const calls = Array.from({ length: 3000 }, (_, index) => [
    write(index, index, index + 3),
    read(index, index, index + 4),
  ])
  expect(linearize(calls.flat(), register).is).not.toBe('undecided')
})
