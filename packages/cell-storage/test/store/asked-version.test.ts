import { describe, expect, test } from 'vitest'
import { versionParts } from '../../src/files/version-number.ts'
import {
  answerCells,
  type CellResponse,
  type CellScope,
  cellFaults,
  cellsToFile,
  flagsWith,
  isFault,
  type Knowledge,
  memoryCellFile,
  noKnowledge,
  type Partition,
  partitions,
  queryFlags,
  roundTripFlags,
} from '../../src/index.ts'
import { elementsFor, putting, scopeOf } from './putting.ts'
import { serialGuid } from './sample.ts'

interface Asking {
  readonly from?: CellScope
  readonly knowledge?: Knowledge
  readonly partition?: string
}

/** A file that was saved twice, and questions about what it was. */
async function savedTwice() {
  const clock = { now: 1_700_000_000_000 }
  const by = { login: 'ann', name: 'Ann' }
  const file = memoryCellFile({ by, now: () => clock.now, bytes: Buffer.from('first') })
  clock.now += 60_000
  file.put(Buffer.from('second'))
  const scope = { ...scopeOf(file.content), versions: file.versions }
  const numbers = (await file.versions.list()).map((version) => numberBytes(...versionParts(version)))
  const ask = (version: Uint8Array | undefined, { from = scope, knowledge = noKnowledge, partition }: Asking = {}) =>
    answerCells(
      {
        version: 14,
        roundTrip: flagsWith(roundTripFlags, ['returnVersionToken']),
        subRequests: [
          {
            id: 1n,
            priority: 0n,
            type: 'queryChanges',
            flags: flagsWith(queryFlags),
            filters: [],
            knowledge,
            ...(version && { version }),
            ...(partition && { partition }),
          },
        ],
      },
      from,
    )
  return { file, scope, numbers, ask }
}

function numberBytes(major: number, minor: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8))
  view.setUint32(0, major, true)
  view.setUint32(4, minor, true)
  return new Uint8Array(view.buffer)
}

function knowledgeIn(response: CellResponse): Knowledge {
  const outcome = response.fault ?? response.subResponses[0]?.outcome
  if (!outcome || isFault(outcome) || !('knowledge' in outcome)) throw new Error('it failed')
  return outcome.knowledge
}

/** The file that an answer to who has nothing is, or the number of its fault. */
function fileIn(response: CellResponse): string | number | undefined {
  const outcome = response.fault ?? response.subResponses[0]?.outcome
  if (!outcome || isFault(outcome) || response.fault) return outcome && isFault(outcome) ? outcome.code : undefined
  const elements = new Map(response.elements?.map((element) => [element.id, element]))
  const index = response.elements?.find((each): each is Partition['index'] => each.body.type === 'storageIndex')
  if (!index) return undefined
  const whole = cellsToFile({ version: 0, serialGuid, nextSerial: 1n, index, elements }, 2 ** 20)
  return Buffer.concat(whole.pieces).toString()
}

describe('Query Changes of a version', () => {
  test('answers the file as it was then, and as it is now where none is named', async () => {
    const { ask, numbers } = await savedTwice()
    const [present, past] = numbers
    expect(fileIn(await ask(past))).toBe('first')
    expect(fileIn(await ask(present))).toBe('second')
    expect(fileIn(await ask(undefined))).toBe('second')
    expect(fileIn(await ask(numberBytes(0, 0)))).toBe('second')
  })

  test('does not send again what a client has of that version', async () => {
    const { ask, numbers } = await savedTwice()
    const knowledge = knowledgeIn(await ask(numbers[1]))
    const again = await ask(numbers[1], { knowledge })
    expect(again.fault ? [] : again.elements?.map(({ body }) => body.type)).toEqual(['storageIndex'])
    expect(fileIn(await ask(numbers[0], { knowledge }))).toBe('second')
  })

  test('leaves the present one alone', async () => {
    const { ask, numbers, scope } = await savedTwice()
    await ask(undefined)
    const before = await scope.store.read({ file: '42', partition: partitions.content })
    await ask(numbers[1])
    expect(await scope.store.read({ file: '42', partition: partitions.content })).toBe(before)
  })

  test('by its token is the same as by its number, as long as it is kept', async () => {
    const { ask, numbers, file } = await savedTwice()
    const now = knowledgeIn(await ask(undefined)).versionToken
    const past = knowledgeIn(await ask(numbers[1])).versionToken
    expect(fileIn(await ask(now))).toBe('second')
    expect(fileIn(await ask(past))).toBe('first')
    file.put(Buffer.from('third'))
    expect(fileIn(await ask(now))).toBe(cellFaults.IncompatibleToken)
    expect(fileIn(await ask(past))).toBe('first')
  })

  test('that is not there, or that nobody can name, fails', async () => {
    const { ask, numbers } = await savedTwice()
    expect(fileIn(await ask(numberBytes(1, 0)))).toBe(cellFaults.RevisionNotFound)
    expect(fileIn(await ask(new Uint8Array(24).fill(7)))).toBe(cellFaults.IncompatibleToken)
    expect(fileIn(await ask(Uint8Array.of(1, 2, 3)))).toBe(cellFaults.InvalidToken)
    expect(fileIn(await ask(numbers[1], { partition: partitions.metadata }))).toBe(cellFaults.RevisionNotFound)
  })

  test('fails where versions are not to be had, are too large, or can no longer be read', async () => {
    const { scope, numbers, ask } = await savedTwice()
    const past = numbers[1]
    const { versions, ...without } = scope
    expect(fileIn(await ask(past, { from: without }))).toBe(cellFaults.RevisionNotFound)
    expect(fileIn(await ask(past, { from: { ...scope, maxBytes: 1 } }))).toBe(cellFaults.StorageFailure)
    const gone = { ...versions, read: async () => undefined }
    expect(fileIn(await ask(past, { from: { ...scope, versions: gone } }))).toBe(cellFaults.RevisionNotFound)
  })
})

describe('A token for a version', () => {
  test('comes with what Put Changes answers, too, and only where it is asked for', async () => {
    const { scope, ask } = await savedTwice()
    const put = putting(undefined)
    const elements = elementsFor('third')
    const plain = await answerCells({ version: 14, subRequests: [put], elements }, scope)
    expect(knowledgeIn(plain).versionToken).toBeUndefined()
    const roundTrip = flagsWith(roundTripFlags, ['returnVersionToken'])
    const again = elementsFor('fourth', 'bob')
    const told = await answerCells({ version: 14, roundTrip, subRequests: [put], elements: again }, scope)
    expect(fileIn(await ask(knowledgeIn(told).versionToken))).toBe('fourth')
  })
})
