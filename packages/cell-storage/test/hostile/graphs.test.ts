import { describe, expect, test } from 'vitest'
import {
  type CellId,
  type CellObject,
  cellFaults,
  type DataElement,
  type ElementBody,
  type ExtendedGuid,
  fileSchema,
  nullExtendedGuid,
  partitions,
  type StorageIndex,
} from '../../src/index.ts'
import { nodeBytes } from '../../src/mapping/nodes.ts'
import { memoryContent } from '../store/memory-content.ts'
import { ask, endings, idOf, put, query, scopeOf } from '../store/putting.ts'
import { place } from '../store/sample.ts'

const element = (id: ExtendedGuid, body: ElementBody): DataElement => ({ id, serial: undefined, body })

const object = (
  id: number,
  references: readonly number[],
  bytes: Uint8Array,
  cells: readonly CellId[] = [],
): CellObject => ({
  id: idOf(id),
  partition: 1n,
  references: references.map(idOf),
  cells,
  content: { kind: 'bytes', bytes },
})

const node = (size: number, isLeaf = false) => nodeBytes({ isLeaf, signature: new Uint8Array(), size })

/** A revision that stands on another one, or on none. */
const revision = (id: number, base: ExtendedGuid, groups: readonly ExtendedGuid[] = []) =>
  element(idOf(id + 1), {
    type: 'revisionManifest',
    revision: idOf(id),
    base,
    roots: [{ root: fileSchema.root, object: idOf(100) }],
    groups,
  })

const groupId = idOf(50)

interface Shape {
  readonly objects?: readonly CellObject[]
  readonly revisions?: readonly DataElement[]
  /** Changes where the index leads. */
  readonly index?: (index: StorageIndex) => StorageIndex
}

/** A put of a file whose objects and revisions are these. The first revision is the present one. */
function elementsOf({ objects = [], revisions = [revision(10, nullExtendedGuid, [groupId])], index }: Shape) {
  const leading: StorageIndex = {
    type: 'storageIndex',
    manifest: { element: idOf(2), serial: undefined },
    cells: [{ cell: fileSchema.cell, element: idOf(3), serial: undefined }],
    revisions: revisions.flatMap(({ id, body }) =>
      body.type === 'revisionManifest' ? [{ revision: body.revision, element: id, serial: undefined }] : [],
    ),
  }
  const first = revisions[0]?.body
  return [
    element(idOf(2), {
      type: 'storageManifest',
      schema: fileSchema.schema,
      roots: [{ root: fileSchema.root, cell: fileSchema.cell }],
    }),
    element(idOf(3), {
      type: 'cellManifest',
      revision: first?.type === 'revisionManifest' ? first.revision : nullExtendedGuid,
    }),
    ...revisions,
    element(groupId, { type: 'objectGroup', objects }),
    element(idOf(1), index ? index(leading) : leading),
  ]
}

/** How a put of these ends, into a file that has something else, and what the file has then. */
async function putting(elements: readonly DataElement[]) {
  const file = memoryContent(Buffer.from('as before'))
  const scope = scopeOf(file.content)
  await ask(scope, [query()])
  const stored = await scope.store.read(place)
  const ended = endings(await ask(scope, [put({ index: idOf(1) })], elements))
  expect(file.bytes()?.toString()).toBe('as before')
  expect(await scope.store.read(place)).toBe(stored)
  return ended
}

/** Nodes of which each has the next one below it, and the last some data. */
const chain = (length: number) => [
  ...Array.from({ length }, (_, index) => object(100 + index, [101 + index], node(1))),
  object(100 + length, [], Uint8Array.of(1)),
]

describe('A put is refused, and changes nothing, whose', () => {
  test.each<[string, Shape, number]>([
    ['nodes are 10,000 deep', { objects: chain(10_000) }, cellFaults.ElementCycle],
    ['node has itself below it', { objects: [object(100, [100], node(5))] }, cellFaults.ElementCycle],
    [
      'nodes have each other below them, twice each',
      { objects: [object(100, [101, 101], node(5)), object(101, [100, 100], node(5))] },
      cellFaults.ElementCycle,
    ],
    [
      'nodes say that they are terabytes',
      {
        objects: [
          object(100, [101], node(2 ** 42)),
          object(101, [102], node(2 ** 42, true)),
          object(102, [], Uint8Array.of(1)),
        ],
      },
      cellFaults.InvalidObject,
    ],
    ['root is not there', { objects: [object(7, [], Uint8Array.of(1))] }, cellFaults.ObjectNotFoundInRevision],
    ['root is no node', { objects: [object(100, [], Uint8Array.of(1))] }, cellFaults.InvalidSerialization],
    [
      'objects refer to what is not there',
      { objects: [object(100, [9], node(1))] },
      cellFaults.ObjectNotFoundInRevision,
    ],
    ['revision stands on itself', { revisions: [revision(10, idOf(10), [groupId])] }, cellFaults.ElementCycle],
    [
      'revisions stand on each other',
      { revisions: [revision(10, idOf(20), [groupId]), revision(20, idOf(10))] },
      cellFaults.ElementCycle,
    ],
    [
      'revisions stand 20,000 deep on each other',
      {
        revisions: [
          ...Array.from({ length: 20_000 }, (_, index) => revision(1000 + 10 * index, idOf(1010 + 10 * index))),
          revision(201_000, nullExtendedGuid, [groupId]),
        ],
      },
      cellFaults.InvalidObject,
    ],
    [
      'index has its manifest nowhere',
      { index: (index) => ({ ...index, manifest: { element: idOf(999), serial: undefined } }) },
      cellFaults.ReferencedElementNotFound,
    ],
    [
      'index has its cell nowhere',
      { index: (index) => ({ ...index, cells: index.cells.map((each) => ({ ...each, element: idOf(999) })) }) },
      cellFaults.ReferencedElementNotFound,
    ],
    [
      'index has its revision nowhere',
      { index: (index) => ({ ...index, revisions: index.revisions.map((each) => ({ ...each, element: idOf(999) })) }) },
      cellFaults.ReferencedElementNotFound,
    ],
    [
      'index has a manifest where its cell should be',
      { index: (index) => ({ ...index, cells: index.cells.map((each) => ({ ...each, element: idOf(2) })) }) },
      cellFaults.WrongContextForElementId,
    ],
  ])('%s', async (_, shape, code) => {
    expect(await putting(elementsOf(shape))).toEqual([code])
  })

  test('nodes stand for more bytes than a file may have, though they are few', async () => {
    const data = object(200, [], new Uint8Array(1000))
    const leaf = object(199, [200], node(1000, true))
    const tree = Array.from({ length: 5 }, (_, level) =>
      object(100 + level, Array<number>(10).fill(level === 4 ? 199 : 101 + level), node(1000 * 10 ** (5 - level))),
    )
    expect(await putting(elementsOf({ objects: [...tree, leaf, data] }))).toEqual([cellFaults.StorageFailure])
    const none = [object(200, [], new Uint8Array()), object(199, [200], node(0, true))]
    const empty = Array.from({ length: 9 }, (_, level) =>
      object(100 + level, Array<number>(10).fill(level === 8 ? 199 : 101 + level), node(0)),
    )
    expect(await putting(elementsOf({ objects: [...empty, ...none] }))).toEqual([cellFaults.InvalidObject])
  })
})

describe('Cells that refer to each other in a circle', () => {
  test('are kept in partitions that are no file, and read to their end', async () => {
    const scope = scopeOf(memoryContent(Buffer.from('the file')).content)
    const cells: readonly CellId[] = [`${idOf(60)}/${idOf(61)}`, `${idOf(70)}/${idOf(71)}`]
    const [one, other] = cells
    if (!one || !other) throw new Error('there are two')
    const elements = [
      element(idOf(2), {
        type: 'storageManifest',
        schema: idOf(0).slice(0, 36),
        roots: [{ root: idOf(5), cell: one }],
      }),
      element(idOf(62), { type: 'cellManifest', revision: idOf(63) }),
      element(idOf(72), { type: 'cellManifest', revision: idOf(73) }),
      element(idOf(64), {
        type: 'revisionManifest',
        revision: idOf(63),
        base: idOf(73),
        roots: [],
        groups: [idOf(65)],
      }),
      element(idOf(74), {
        type: 'revisionManifest',
        revision: idOf(73),
        base: idOf(63),
        roots: [],
        groups: [idOf(75)],
      }),
      element(idOf(65), { type: 'objectGroup', objects: [object(66, [66], new Uint8Array(), [one, other])] }),
      element(idOf(75), { type: 'objectGroup', objects: [object(76, [], new Uint8Array(), [other, one])] }),
      element(idOf(1), {
        type: 'storageIndex',
        manifest: { element: idOf(2), serial: undefined },
        cells: [
          { cell: one, element: idOf(62), serial: undefined },
          { cell: other, element: idOf(72), serial: undefined },
        ],
        revisions: [
          { revision: idOf(63), element: idOf(64), serial: undefined },
          { revision: idOf(73), element: idOf(74), serial: undefined },
        ],
      }),
    ]
    const where = { partition: partitions.metadata }
    expect(endings(await ask(scope, [{ ...put({ index: idOf(1) }), ...where }], elements))).toEqual(['putChanges'])
    const response = await ask(scope, [{ ...query(), ...where }])
    expect(response.fault ? [] : response.elements).toHaveLength(8)
  })
})

describe('A body that asks for more than a server can look at', () => {
  test('is answered up to a point, and then that the store is busy', async () => {
    const file = memoryContent(Buffer.from('the file'))
    const scope = { ...scopeOf(file.content), work: { left: 200 } }
    const ended = endings(
      await ask(
        scope,
        Array.from({ length: 10 }, () => query()),
      ),
    )
    expect(ended.slice(0, 3)).toEqual(['queryChanges', 'queryChanges', 'queryChanges'])
    expect(ended.slice(3)).toEqual(Array(7).fill(cellFaults.StoreBusy))
    const elements = elementsOf({ objects: chain(1) })
    expect(endings(await ask(scope, [put({ index: idOf(1) })], elements))).toEqual([cellFaults.StoreBusy])
    expect(file.bytes()?.toString()).toBe('the file')
  })
})
