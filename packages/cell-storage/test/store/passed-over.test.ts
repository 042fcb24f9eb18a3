import { describe, expect, test } from 'vitest'
import {
  answerCells,
  type CellRequest,
  flagsWith,
  hashingFlags,
  moreQueryFlags,
  partitions,
  putFlags,
  queryFlags,
  roundTripFlags,
  type SubRequest,
} from '../../src/index.ts'
import { memoryContent } from './memory-content.ts'
import { ask, elementsFor, endings, idOf, put, putting, query, scopeOf } from './putting.ts'
import { guids } from './sample.ts'

const text = 'Hello, cell storage!'
const scope = (bytes?: Uint8Array) => {
  const file = memoryContent(bytes)
  return { file, scope: scopeOf(file.content, undefined, { newGuid: guids() }) }
}

/** What a file that is there is answered with. */
const answerTo = (subRequest: SubRequest, more: Partial<CellRequest> = {}) =>
  answerCells({ version: 14, subRequests: [subRequest], elements: [], ...more }, scope(Buffer.from(text)).scope)

describe('A question that asks for what this server leaves to others', () => {
  const queries: readonly (readonly [string, SubRequest])[] = [
    ...(['excludeObjectData', 'returnFileHash', 'checkForFileExists', 'reserved'] as const).map(
      (flag) => [flag, { ...query(), flags: flagsWith(queryFlags, [flag]) } as SubRequest] as const,
    ),
    [
      'userContentEquivalentVersionOk',
      { ...query(), more: flagsWith(moreQueryFlags, ['userContentEquivalentVersionOk']) } as SubRequest,
    ],
  ]

  test.each(queries)('by %s is answered as without it', async (_, asked) => {
    expect(await answerTo(asked)).toEqual(await answerTo(query()))
  })

  test.each(['hashesInsteadOfData', 'hashesBesideData'] as const)('by %s is answered with data', async (flag) => {
    const hashing = { scheme: 1, flags: flagsWith(hashingFlags, [flag]) }
    expect(await answerTo(query(), { hashing })).toEqual(await answerTo(query()))
  })

  test('by nonGenericSchema is answered as without it', async () => {
    const roundTrip = flagsWith(roundTripFlags, ['nonGenericSchema'])
    expect(await answerTo(query(), { roundTrip })).toEqual(await answerTo(query()))
  })
})

describe('A put that asks for what this server does anyway, or does not', () => {
  const elements = elementsFor(text)
  const outcomeOf = async (asked: SubRequest) => {
    const { file, scope: made } = scope()
    return { response: await ask(made, [asked], elements), text: Buffer.from(file.bytes() ?? []).toString() }
  }

  test.each(['multiRequestPutHint', 'returnCompleteKnowledge', 'favorCoherencyFailureOverNotFound'] as const)(
    'by %s is answered as without it',
    async (flag) => {
      const outcome = await outcomeOf(putting(undefined, [flag]))
      expect(outcome).toEqual(await outcomeOf(putting(undefined)))
      expect(outcome.text).toBe(text)
    },
  )

  test.each([
    ['the version of its content', { contentVersion: Uint8Array.of(1, 2, 3) }],
    ['its authors', { authors: ['ann', 'bob'] }],
    ['a byte that means nothing', { reserved: 7 }],
  ])('saying %s is answered as without it', async (_, said) => {
    expect(await outcomeOf(put({ index: idOf(1), ...said }))).toEqual(await outcomeOf(put({ index: idOf(1) })))
  })

  test('is told that the chain of revisions was not made shorter, where it wants that with forcesRevisionChain', async () => {
    const { response } = await outcomeOf(put({ index: idOf(1), forcesRevisionChain: true }))
    expect(response).toMatchObject({ subResponses: [{ outcome: { type: 'putChanges', forced: false } }] })
  })

  test('names an expected index that it does not bring, and fails with 16 by favorCoherencyFailureOverNotFound too', async () => {
    const { response } = await outcomeOf(
      put({ index: idOf(1), expected: idOf(77), flags: flagsWith(putFlags, ['favorCoherencyFailureOverNotFound']) }),
    )
    expect(endings(response)).toEqual([16])
  })
})

test('A put by fullFileReplacePut leaves nothing of what the index led to before, and one without it does.', async () => {
  // Of the content of a file, only what the file is made of stays either way.
  const { metadata: partition } = partitions
  for (const [more, isLeft] of [
    [[], true],
    [['fullFileReplacePut'], false],
  ] as const) {
    const { scope: made } = scope()
    const revisions = async () => {
      const response = await ask(made, [{ ...query(), partition }])
      const bodies = response.fault ? [] : (response.elements ?? []).map(({ body }) => body)
      return bodies.flatMap((body) => (body.type === 'storageIndex' ? body.revisions : [])).map((each) => each.revision)
    }
    await ask(made, [{ ...putting(undefined), partition }], elementsFor('as it was'))
    const before = await revisions()
    const next = { ...put({ index: idOf(1) }, [], more), partition }
    expect(endings(await ask(made, [next], elementsFor(text, 'bob')))).toEqual(['putChanges'])
    const after = await revisions()
    expect(before).toHaveLength(1)
    expect(before.every((revision) => after.includes(revision))).toBe(isLeft)
  }
})
