import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answerCells,
  type CellContent,
  type CellRequest,
  type CellResponse,
  type CellScope,
  type CellStore,
  type Commit,
  cellFaults,
  cellsToFile,
  type DataElement,
  type ExtendedGuid,
  fileToCells,
  flagsWith,
  isFault,
  type Knowledge,
  memoryCellStore,
  morePutFlags,
  noKnowledge,
  nullExtendedGuid,
  type Partition,
  type PutChanges,
  partitions,
  putFlags,
  queryFlags,
  readRequest,
  type StorageIndex,
  type SubRequest,
} from '../../src/index.ts'
import * as vectors from '../vectors.ts'
import { memoryContent } from './memory-content.ts'
import { guids, serialGuid } from './sample.ts'

type PutFlag = (typeof putFlags)[number]
type MorePutFlag = (typeof morePutFlags)[number]

const newGuid = guids()

function scopeOf(content: CellContent, store: CellStore = memoryCellStore(), more: Partial<CellScope> = {}): CellScope {
  return { content, store, file: '42', canWrite: true, maxBytes: 2 ** 24, newGuid, now: () => 0, ...more }
}

const about = { id: 1n, priority: 0n }
const query = (knowledge: Knowledge = noKnowledge): SubRequest => ({
  ...about,
  type: 'queryChanges',
  flags: flagsWith(queryFlags),
  filters: [],
  knowledge,
})

const put = (
  fields: Partial<PutChanges>,
  flags: readonly PutFlag[] = [],
  more: readonly MorePutFlag[] = [],
): SubRequest => ({
  ...about,
  type: 'putChanges',
  index: nullExtendedGuid,
  expected: nullExtendedGuid,
  flags: flagsWith(putFlags, flags),
  ...(more.length > 0 && { more: flagsWith(morePutFlags, more) }),
  ...fields,
})

const ask = (scope: CellScope, subRequests: readonly SubRequest[], elements: readonly DataElement[] = []) =>
  answerCells({ version: 12, subRequests, elements }, scope)

/** How each part of a request ended: by the name of its result, or by the number of its fault. */
const endings = (response: CellResponse) =>
  response.fault
    ? [response.fault.code]
    : response.subResponses.map(({ outcome }) => (isFault(outcome) ? outcome.code : outcome.type))

const idOf = (value: number): ExtendedGuid => `dddddddd-2222-3333-4444-555555555555:${value}`

/** A commit as the elements and the index of a put. */
function asPut({ manifest, cells, revisions, elements }: Commit, index = idOf(1)): DataElement[] {
  const body: StorageIndex = {
    type: 'storageIndex',
    ...(manifest && { manifest: { element: manifest, serial: undefined } }),
    cells: [...cells].map(([cell, element]) => ({ cell, element, serial: undefined })),
    revisions: [...revisions].map(([revision, element]) => ({ revision, element, serial: undefined })),
  }
  return [
    ...[...elements].map((element) => ({ ...element, serial: undefined })),
    { id: index, serial: undefined, body },
  ]
}

/** What a client makes of a file that it wants to have. `author` tells its ids from those of others. */
const elementsFor = (text: string, author = 'ann', index = idOf(1)) =>
  asPut(fileToCells(author, Buffer.from(text)), index)

/** A put of a file, expected to follow the index `expected`. */
const putting = (expected: DataElement | undefined, flags: readonly PutFlag[] = []) =>
  put({ index: idOf(1), expected: expected?.id ?? nullExtendedGuid }, flags)

async function indexNow(scope: CellScope): Promise<DataElement> {
  const response = await ask(scope, [query()])
  const index = response.fault ? undefined : response.elements?.find(({ body }) => body.type === 'storageIndex')
  if (!index) throw new Error('there is no index')
  return index
}

const hello: CellRequest = readRequest(Uint8Array.from(Buffer.from(vectors.putChanges, 'base64')))

describe('Put Changes', () => {
  test('that somebody else has written makes a file, and the file has the bytes at once', async () => {
    const file = memoryContent()
    const scope = scopeOf(file.content)
    expect(endings(await ask(scope, [query()]))).toEqual([0x80070002])
    expect(endings(await answerCells(hello, scope))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('Hello, cell storage!')
    expect(endings(await ask(scope, [query()]))).toEqual(['queryChanges'])
  })

  test('lets the client know what it has put, so that it is not sent it again', async () => {
    const scope = scopeOf(memoryContent().content)
    const response = await ask(scope, [putting(undefined)], elementsFor('one'))
    const outcome = response.fault ? undefined : response.subResponses[0]?.outcome
    const knowledge = outcome && !isFault(outcome) && outcome.type === 'putChanges' ? outcome.knowledge : noKnowledge
    const again = await ask(scope, [query(knowledge)])
    expect(again.fault ? [] : again.elements?.map(({ body }) => body.type)).toEqual(['storageIndex'])
  })

  test('follows what the client takes to hold, and nothing else', async () => {
    const file = memoryContent(Buffer.from('zero'))
    const scope = scopeOf(file.content)
    const before = await indexNow(scope)
    expect(endings(await ask(scope, [putting(before)], [...elementsFor('one'), before]))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('one')
    expect(endings(await ask(scope, [putting(before)], [...elementsFor('two', 'bob'), before]))).toEqual([12])
    const flags = ['implyNullExpectedIfNoMapping'] as const
    expect(endings(await ask(scope, [putting(undefined, flags)], elementsFor('three', 'bob')))).toEqual([12])
    expect(file.bytes()?.toString()).toBe('one')
    const now = await indexNow(scope)
    expect(endings(await ask(scope, [putting(now, flags)], [...elementsFor('four', 'bob'), now]))).toEqual([
      'putChanges',
    ])
    expect(file.bytes()?.toString()).toBe('four')
  })

  test('is not undone by a put that follows what was before the file changed by another way', async () => {
    const file = memoryContent(Buffer.from('zero'))
    const scope = scopeOf(file.content)
    const before = await indexNow(scope)
    file.put(Buffer.from('from elsewhere'))
    expect(endings(await ask(scope, [putting(before)], [...elementsFor('mine'), before]))).toEqual([12])
    expect(file.bytes()?.toString()).toBe('from elsewhere')
  })

  test('of what is there already succeeds, where it is expected to be there', async () => {
    const scope = scopeOf(memoryContent().content)
    const elements = elementsFor('one')
    await ask(scope, [putting(undefined)], elements)
    const again = put({ index: idOf(1), expected: idOf(1) }, ['implyNullExpectedIfNoMapping'])
    expect(endings(await ask(scope, [again], elements))).toEqual(['putChanges'])
  })

  test('checks only what it changes, where that is asked for', async () => {
    const scope = scopeOf(memoryContent().content)
    await ask(scope, [putting(undefined)], elementsFor('one'))
    const now = await indexNow(scope)
    const stale: DataElement = {
      id: idOf(2),
      serial: undefined,
      body: {
        type: 'storageIndex',
        cells: [],
        revisions: [{ revision: idOf(9), element: idOf(8), serial: undefined }],
      },
    }
    const same = { index: now.id, expected: stale.id }
    expect(endings(await ask(scope, [put(same)], [now, stale]))).toEqual([12])
    const more = ['coherencyCheckOnlyAppliedEntries'] as const
    expect(endings(await ask(scope, [put(same, [], more)], [now, stale]))).toEqual(['putChanges'])
  })

  test('answers the index and the elements that it has put, where that is asked for', async () => {
    const scope = scopeOf(memoryContent().content)
    const more = ['returnAppliedStorageIndex', 'returnDataElementsAdded'] as const
    const response = await ask(scope, [put({ index: idOf(1) }, [], more)], elementsFor('one'))
    const outcome = response.fault ? undefined : response.subResponses[0]?.outcome
    if (!outcome || isFault(outcome) || outcome.type !== 'putChanges' || response.fault) throw new Error('it failed')
    expect(outcome.applied?.added).toHaveLength(5)
    expect(response.elements?.map(({ id }) => id)).toEqual([outcome.applied?.index])
  })

  test('in parts waits for the last one, and not for ever', async () => {
    const file = memoryContent()
    let now = 0
    const scope = scopeOf(file.content, undefined, { now: () => now })
    const elements = elementsFor('in parts')
    const [first, last] = [elements.slice(0, 3), elements.slice(3)]
    const part = put({}, ['partial'])
    const whole = put({ index: idOf(1) }, ['partialLast'])
    expect(endings(await ask(scope, [part], first))).toEqual(['putChanges'])
    expect(file.bytes()).toBeUndefined()
    now = 2 * 60 * 60 * 1000
    expect(endings(await ask(scope, [whole], last))).toEqual([16])
    expect(endings(await ask(scope, [part], first))).toEqual(['putChanges'])
    expect(endings(await ask(scope, [whole], last))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('in parts')
  })

  test('into a partition of another kind keeps it as it is, beside the file', async () => {
    const file = memoryContent(Buffer.from('the file'))
    const scope = scopeOf(file.content)
    const other = { ...putting(undefined), partition: partitions.metadata.toUpperCase() }
    expect(endings(await ask(scope, [other], elementsFor('not the file')))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('the file')
    const kept = await scope.store.read({ file: '42', partition: partitions.metadata })
    const whole = kept && Buffer.concat(cellsToFile(kept, 100).pieces).toString()
    expect(whole).toBe('not the file')
  })

  test('after one that failed is not carried out, where that is asked for', async () => {
    const scope = scopeOf(memoryContent().content)
    const bad = put({ index: idOf(70) }, ['abortRemainingOnFailure'])
    expect(endings(await ask(scope, [bad, putting(undefined)], elementsFor('one')))).toEqual([16, 47])
    const tolerant = put({ index: idOf(70) })
    expect(endings(await ask(scope, [tolerant, putting(undefined)], elementsFor('one')))).toEqual([16, 'putChanges'])
  })

  test('is carried out in the order of priority', async () => {
    const file = memoryContent()
    const later = { ...putting(undefined), priority: 5n }
    const response = await ask(scopeOf(file.content), [{ ...query(), id: 2n, priority: 9n }, later], elementsFor('one'))
    expect(endings(response)).toEqual(['putChanges', 'queryChanges'])
  })
})

const broken = (change: (elements: DataElement[]) => DataElement[]) => change(elementsFor('broken'))
const without = (type: DataElement['body']['type']) => broken((all) => all.filter(({ body }) => body.type !== type))

describe('Put Changes fails, and changes nothing,', () => {
  const failures: readonly (readonly [string, readonly DataElement[], SubRequest, number])[] = [
    ['without its storage index', without('storageIndex'), putting(undefined), cellFaults.ReferencedElementNotFound],
    [
      'without the index that is expected',
      elementsFor('x'),
      put({ index: idOf(1), expected: idOf(7) }),
      cellFaults.ReferencedElementNotFound,
    ],
    [
      'where the index is something else',
      elementsFor('x'),
      put({ index: elementsFor('x')[0]?.id ?? idOf(0) }),
      cellFaults.ReferencedElementNotFound,
    ],
    ...(['storageManifest', 'cellManifest', 'revisionManifest', 'objectGroup'] as const).map(
      (type) =>
        [`without its ${type}`, without(type), putting(undefined), cellFaults.ReferencedElementNotFound] as const,
    ),
    [
      'with a schema that is no file',
      broken((all) =>
        all.map((each) =>
          each.body.type === 'storageManifest' ? { ...each, body: { ...each.body, schema: serialGuid } } : each,
        ),
      ),
      putting(undefined),
      cellFaults.RequestNotSupported,
    ],
    ['as a part with an index', elementsFor('x'), put({ index: idOf(1) }, ['partial']), cellFaults.InvalidArgument],
    [
      'with keys that nothing leads to, where that is checked',
      broken((all) =>
        all
          .map((each) =>
            each.body.type === 'storageIndex'
              ? {
                  ...each,
                  body: {
                    ...each.body,
                    cells: [
                      ...each.body.cells,
                      { cell: `${idOf(50)}/${idOf(51)}` as const, element: idOf(52), serial: undefined },
                    ],
                  },
                }
              : each,
          )
          .concat([
            { id: idOf(52), serial: undefined, body: { type: 'storageManifest', schema: serialGuid, roots: [] } },
          ]),
      ),
      put({ index: idOf(1) }, [], ['requireStorageMappingsRooted']),
      cellFaults.CoherencyFailure,
    ],
  ]

  test.each(failures)('%s', async (_, elements, subRequest, code) => {
    const file = memoryContent(Buffer.from('as before'))
    const scope = scopeOf(file.content)
    const before = await indexNow(scope)
    expect(endings(await ask(scope, [subRequest], elements))).toEqual([code])
    expect(file.bytes()?.toString()).toBe('as before')
    expect(await indexNow(scope)).toEqual(before)
  })

  test('by who may not write, or beyond what there is room for', async () => {
    const file = memoryContent(Buffer.from('as before'))
    const reader = scopeOf(file.content, undefined, { canWrite: false })
    expect(endings(await ask(reader, [putting(undefined)], elementsFor('x')))).toEqual([0x80070005])
    const small = scopeOf(file.content, undefined, { maxBytes: 10 })
    expect(endings(await ask(small, [putting(undefined)], elementsFor('x'.repeat(11))))).toEqual([
      cellFaults.StorageFailure,
    ])
    expect(file.bytes()?.toString()).toBe('as before')
  })

  test('with an id that has another content already, where that is checked', async () => {
    const scope = scopeOf(memoryContent().content)
    const elements = elementsFor('one')
    await ask(scope, [putting(undefined)], elements)
    const reused = elements.map((each) =>
      each.body.type === 'cellManifest' ? { ...each, body: { ...each.body, revision: idOf(3) } } : each,
    )
    const checked = put({ index: idOf(1) }, [], ['checkForIdReuse'])
    expect(endings(await ask(scope, [checked], reused))).toEqual([cellFaults.ExtendedGuidCollision])
    expect(endings(await ask(scope, [checked], elements))).toEqual(['putChanges'])
  })
})

describe('Several clients', () => {
  /** A client that has read a file, and writes what it has with its own line behind it. */
  interface Client {
    readonly name: string
    knowledge: Knowledge
    index: DataElement | undefined
    text: string
  }

  async function read(client: Client, scope: CellScope, held: Map<ExtendedGuid, DataElement>): Promise<void> {
    const response = await ask(scope, [query(client.knowledge)])
    const outcome = response.fault ? undefined : response.subResponses[0]?.outcome
    if (!outcome || isFault(outcome) || outcome.type !== 'queryChanges' || response.fault) throw new Error('it failed')
    for (const element of response.elements ?? []) held.set(element.id, element)
    client.knowledge = outcome.knowledge
    client.index = response.elements?.find((each): each is Partition['index'] => each.body.type === 'storageIndex')
    const index = client.index as Partition['index']
    const whole = cellsToFile({ version: 0, serialGuid, nextSerial: 1n, index, elements: held }, 2 ** 20)
    client.text = Buffer.concat(whole.pieces).toString()
  }

  const steps = fc.array(
    fc.tuple(fc.nat({ max: 2 }), fc.constantFrom('read', 'write', 'elsewhere', 'crash'), fc.nat({ max: 40_000 })),
    { maxLength: 20 },
  )

  test('in any order, with files that change by other ways and stores that break off, come to the same', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (todo) => {
        const file = memoryContent(Buffer.from('begin\n'))
        const plain = memoryCellStore()
        let isBroken = false
        const store: CellStore = {
          ...plain,
          async swap(...change) {
            if (isBroken) throw new Error('the power is gone')
            return plain.swap(...change)
          },
        }
        const scope = scopeOf(file.content, store)
        const clients = ['ann', 'bob', 'eve'].map(
          (name): Client => ({ name, knowledge: noKnowledge, index: undefined, text: '' }),
        )
        const caches = clients.map(() => new Map<ExtendedGuid, DataElement>())
        let expected = 'begin\n'
        for (const [who, what, size] of todo) {
          const [client, cache] = [clients[who], caches[who]]
          if (!client || !cache) continue
          if (what === 'read') {
            await read(client, scope, cache)
            expect(client.text).toBe(expected)
          } else if (what === 'elsewhere') {
            expected += `elsewhere ${size}\n`
            file.put(Buffer.from(expected))
          } else if (client.index) {
            const next = `${client.text}${client.name} ${'x'.repeat(size)}\n`
            const elements = [...elementsFor(next, client.name), client.index]
            isBroken = what === 'crash'
            const ended = await ask(scope, [putting(client.index)], elements).then(endings, () => ['crash'])
            isBroken = false
            const isSaved = ended[0] === 'putChanges' || file.bytes()?.toString() === next
            if (isSaved) expected = next
            else if (ended[0] !== 'crash') expect(ended).toEqual([12])
          }
          expect(file.bytes()?.toString()).toBe(expected)
        }
        for (const [index, client] of clients.entries()) {
          await read(client, scope, caches[index] ?? new Map())
          expect(client.text).toBe(expected)
        }
      }),
      { numRuns: 60 },
    )
  })
})
