import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellFaults, type DataElement, type ElementFragment, elementBytes } from '../../src/index.ts'
import { memoryContent } from './memory-content.ts'
import { ask, elementsFor, endings, idOf, put, putting, scopeOf } from './putting.ts'

/** An element in fragments that begin at these places, of which the first is 0. */
function inFragments(
  element: DataElement,
  starts: readonly number[],
  more: Partial<ElementFragment> = {},
): DataElement[] {
  const bytes = elementBytes(element)
  return starts.map((start, index) => ({
    id: idOf(1000 + start),
    serial: undefined,
    body: {
      type: 'fragment',
      element: element.id,
      size: bytes.length,
      start,
      bytes: bytes.subarray(start, starts[index + 1]),
      ...more,
    },
  }))
}

const text = 'in fragments '.repeat(100)
const isLarge = ({ body }: DataElement) => body.type === 'objectGroup'

/** A put of a file whose groups come in fragments that `change` may change. */
async function putFragments(change: (fragments: DataElement[]) => readonly DataElement[]) {
  const file = memoryContent(Buffer.from('as before'))
  const elements = elementsFor(text)
  const fragments = elements
    .filter(isLarge)
    .flatMap((element, index) => inFragments(element, index ? [0, 20, 60] : [0, 30]))
  const given = [...change(fragments), ...elements.filter((element) => !isLarge(element))]
  const ended = endings(await ask(scopeOf(file.content), [putting(undefined)], given))
  return { ended, text: file.bytes()?.toString() }
}

const bodyOf = ({ body }: DataElement) => body as ElementFragment

describe('Put Changes with elements in fragments', () => {
  test('puts the elements that they make up, in whatever order they come, and however often', async () => {
    const done = { ended: ['putChanges'], text }
    expect(await putFragments((fragments) => fragments)).toEqual(done)
    expect(await putFragments((fragments) => [...fragments].reverse())).toEqual(done)
    expect(await putFragments((fragments) => [...fragments, ...fragments])).toEqual(done)
  })

  test('puts them wherever they are cut', async () => {
    const group = elementsFor(text).find(isLarge)
    if (!group) throw new Error('there is no group')
    const size = elementBytes(group).length
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: size - 1 }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const file = memoryContent()
        const fragments = inFragments(group, [0, ...places.sort((one, other) => one - other)])
        const given = [...elementsFor(text).filter((element) => element.id !== group.id), ...fragments]
        expect(endings(await ask(scopeOf(file.content), [putting(undefined)], given))).toEqual(['putChanges'])
        expect(file.bytes()?.toString()).toBe(text)
      }),
      { numRuns: 30 },
    )
  })

  test('waits for them where the put comes in parts', async () => {
    const file = memoryContent()
    const scope = scopeOf(file.content)
    const elements = elementsFor(text)
    const fragments = elements.filter(isLarge).flatMap((element) => inFragments(element, [0, 50]))
    const rest = elements.filter((element) => !isLarge(element))
    for (const fragment of fragments) {
      expect(endings(await ask(scope, [put({}, ['partial'])], [fragment]))).toEqual(['putChanges'])
    }
    const last = put({ index: idOf(1) }, ['partialLast'])
    expect(endings(await ask(scope, [last], rest))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe(text)
  })

  const failures: readonly (readonly [string, (fragments: DataElement[]) => readonly DataElement[], number])[] = [
    ['the first is missing', (all) => all.slice(1), cellFaults.FragmentsIncomplete],
    ['one between is missing', (all) => all.filter((_, index) => index !== 3), cellFaults.FragmentsIncomplete],
    ['the last is missing', (all) => all.slice(0, -1), cellFaults.FragmentsIncomplete],
    [
      'they do not agree on the size',
      (all) => all.map((each, index) => ({ ...each, body: { ...bodyOf(each), size: 100_000 + index } })),
      cellFaults.FragmentSizeMismatch,
    ],
    [
      'they claim terabytes',
      (all) => all.map((each) => ({ ...each, body: { ...bodyOf(each), size: 2 ** 42 } })),
      cellFaults.FragmentsIncomplete,
    ],
    [
      'one ends behind the element',
      (all) =>
        all.map((each, index) =>
          index === 1 ? { ...each, body: { ...bodyOf(each), start: bodyOf(each).start + 5 } } : each,
        ),
      cellFaults.FragmentInvalid,
    ],
    [
      'they are another element',
      (all) => all.map((each) => ({ ...each, body: { ...bodyOf(each), element: idOf(77) } })).slice(0, 2),
      cellFaults.FragmentInvalid,
    ],
    [
      'they make up no element',
      (all) =>
        all.map((each) => ({ ...each, body: { ...bodyOf(each), bytes: new Uint8Array(bodyOf(each).bytes.length) } })),
      cellFaults.FragmentInvalid,
    ],
    ['they make up a fragment', (all) => inFragments(all[0] as DataElement, [0, 10]), cellFaults.FragmentInvalid],
  ]

  test.each(failures)('fails, and changes nothing, where %s', async (_, change, code) => {
    expect(await putFragments(change)).toEqual({ ended: [code], text: 'as before' })
  })
})
