import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import {
  CellFault,
  type CellObject,
  cellFaults,
  cellsToFile,
  type DataElement,
  type ElementBody,
  type ExtendedGuid,
  fileSchema,
  fileToCells,
  nullExtendedGuid,
  readResponse,
} from '../../src/index.ts'
import { nodeBytes } from '../../src/mapping/nodes.ts'
import { committed } from '../../src/store/commit.ts'
import { emptyPartition, type Partition } from '../../src/store/partition.ts'
import { guids, helloPartition, serialGuid } from '../store/sample.ts'
import * as vectors from '../vectors.ts'
import { workingTime } from '../working-time.ts'

const build = (bytes: Uint8Array, from: Partition = emptyPartition(serialGuid), file = '42') =>
  committed(from, fileToCells(file, bytes), guids())

const rebuild = (partition: Partition, maxBytes = 2 ** 30) => {
  const { size, pieces } = cellsToFile(partition, maxBytes)
  const bytes = Buffer.concat(pieces)
  expect(bytes.length).toBe(size)
  return bytes
}

const hello = Buffer.from('Hello, cell storage!')

/** The partition that a response of somebody else brings. */
function received(base64: string): Partition {
  const response = readResponse(Uint8Array.from(Buffer.from(base64, 'base64')))
  const elements = response.fault ? [] : (response.elements ?? [])
  const index = elements.find((each): each is Partition['index'] => each.body.type === 'storageIndex')
  if (!index) throw new Error('the response has no storage index')
  return { ...emptyPartition(serialGuid), index, elements: new Map(elements.map((each) => [each.id, each])) }
}

/** Bytes with stretches that come again. */
const contents = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constant(new Uint8Array(20_000)),
      fc.uint8Array({ minLength: 5000, maxLength: 20_000 }),
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => Buffer.concat(parts))

const archives = fc
  .dictionary(
    fc.string({ maxLength: 10 }).map((name) => `a${name}`),
    contents,
    { maxKeys: 5 },
  )
  .map((files) => zipSync(files, { level: 0 }))

describe('A file', () => {
  test('that has become cells becomes the same file again', () => {
    fc.assert(
      fc.property(fc.oneof(contents, archives), (bytes) => void expect(rebuild(build(bytes)).equals(bytes)).toBe(true)),
    )
  })

  test.each([0, 1, 16_384, 16_385, 65_535, 65_536, 1_000_000])('of %d bytes becomes the same file again', (size) => {
    const bytes = new Uint8Array(size).map((_, index) => (index * index) >> 7)
    expect(rebuild(build(bytes)).equals(bytes)).toBe(true)
  })

  test('with a very large entry becomes the same file again', () => {
    const bytes = zipSync(
      { 'a.bin': new Uint8Array(7 * 2 ** 20).map((_, index) => index >> 12), 'b.bin': hello },
      { level: 0 },
    )
    expect(rebuild(build(bytes)).equals(bytes)).toBe(true)
  })

  test('that others have put or sent is read', () => {
    expect(rebuild(helloPartition()).toString()).toBe('Hello, cell storage!')
    expect(rebuild(received(vectors.fileChanges)).toString()).toBe('Hello, cell storage!')
    expect(rebuild(received(vectors.editorsTable)).subarray(0, 4).toString('hex')).toBe('1a5a3a30')
  })

  test('is written with the nodes that others write', () => {
    const bytesIn = ({ elements }: Partition) =>
      [...elements.values()]
        .flatMap(({ body }) => (body.type === 'objectGroup' ? body.objects : []))
        .map(({ content }) => (content.kind === 'bytes' ? Buffer.from(content.bytes).toString('hex') : ''))
        .sort()
    expect(bytesIn(build(hello))).toEqual(bytesIn(received(vectors.fileChanges)))
  })

  test('has the same ids each time, and others than a file with the same content', () => {
    const ids = (partition: Partition) => [...partition.elements.keys()].sort()
    expect(ids(build(hello))).toEqual(ids(build(hello)))
    const other = new Set(ids(build(hello, undefined, '43')))
    expect(ids(build(hello)).filter((id) => other.has(id))).toEqual([])
  })

  test('of which little changes keeps the elements, and their serial numbers, of all else', () => {
    // An archive says when its parts were changed.
    const stored = { level: 0, mtime: '2026-01-01' } as const
    const parts = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`${index}.xml`, new Uint8Array(20_000).fill(index)]),
    )
    const before = build(zipSync(parts, stored))
    const after = build(zipSync({ ...parts, '7.xml': new Uint8Array(20_000).fill(99) }, stored), before)
    const added = [...after.elements.keys()].filter((id) => !before.elements.has(id))
    expect(added.length).toBeLessThan(8)
    for (const id of after.elements.keys()) {
      if (before.elements.has(id)) expect(after.elements.get(id)).toEqual(before.elements.get(id))
    }
  })

  test('has no two objects with one id, even if it has the same chunk twice', () => {
    const { elements } = build(new Uint8Array(200_000))
    const ids = [...elements.values()].flatMap(({ body }) =>
      body.type === 'objectGroup' ? body.objects.map(({ id }) => id) : [],
    )
    expect(new Set(ids).size).toBe(ids.length)
  })
})

const idOf = (value: number): ExtendedGuid => `cccccccc-2222-3333-4444-555555555555:${value}`
const object = (id: number, references: readonly number[], bytes: Uint8Array): CellObject => ({
  id: idOf(id),
  partition: 1n,
  references: references.map(idOf),
  cells: [],
  content: { kind: 'bytes', bytes },
})
const node = (size: number, isLeaf = false) => nodeBytes({ isLeaf, signature: new Uint8Array(), size })

/** A partition with one revision that has these objects, of which the root is 1. */
function partitionOf(
  objects: readonly CellObject[],
  more: { schema?: string; base?: ExtendedGuid; root?: number } = {},
) {
  const { schema = fileSchema.schema, base = nullExtendedGuid, root = 1 } = more
  const roots = [{ root: fileSchema.root, object: idOf(root) }]
  const elements: { readonly id: ExtendedGuid; readonly body: ElementBody }[] = [
    { id: idOf(90), body: { type: 'objectGroup', objects } },
    { id: idOf(91), body: { type: 'revisionManifest', revision: idOf(92), base, roots, groups: [idOf(90)] } },
    { id: idOf(93), body: { type: 'cellManifest', revision: idOf(92) } },
    {
      id: idOf(94),
      body: { type: 'storageManifest', schema, roots: [{ root: fileSchema.root, cell: fileSchema.cell }] },
    },
  ]
  return committed(
    emptyPartition(serialGuid),
    {
      manifest: idOf(94),
      cells: new Map([[fileSchema.cell, idOf(93)]]),
      revisions: new Map([[idOf(92), idOf(91)]]),
      elements,
    },
    guids(),
  )
}

const faultOf = (partition: Partition, maxBytes?: number) => {
  try {
    rebuild(partition, maxBytes)
    return undefined
  } catch (error) {
    if (error instanceof CellFault) return error.fault
    throw error
  }
}

const without = (partition: Partition, isGone: (element: DataElement) => boolean): Partition => ({
  ...partition,
  elements: new Map([...partition.elements].filter(([, element]) => !isGone(element))),
})

describe('Cells', () => {
  test('whose nodes are deeper than need be become a file', () => {
    const objects = [
      object(1, [2, 5], node(8)),
      object(2, [3], node(5)),
      object(3, [4], node(5, true)),
      object(4, [], Buffer.from('Hello')),
      object(5, [6, 8], node(3, true)),
      object(6, [7], node(1, true)),
      object(7, [], Buffer.from('!')),
      object(8, [9], node(2, true)),
      object(9, [], Buffer.from('?!')),
    ]
    expect(rebuild(partitionOf(objects)).toString()).toBe('Hello!?!')
  })

  test('whose data look like a node become a file', () => {
    const data = node(0, true)
    const objects = [object(1, [2], node(data.length)), object(2, [3], node(data.length, true)), object(3, [], data)]
    expect(rebuild(partitionOf(objects)).equals(data)).toBe(true)
  })

  test('whose root is a leaf, or that have an empty one, become a file', () => {
    expect(rebuild(partitionOf([object(1, [2], node(2, true)), object(2, [], Buffer.from('ab'))])).toString()).toBe(
      'ab',
    )
    expect(rebuild(partitionOf([object(1, [2], node(0)), object(2, [], node(0, true))]))).toHaveLength(0)
  })

  const whole = [object(1, [2], node(2)), object(2, [3], node(2, true)), object(3, [], Buffer.from('ab'))]

  const broken: readonly (readonly [string, Partition, number])[] = [
    ['whose schema is another', partitionOf(whole, { schema: serialGuid }), cellFaults.RequestNotSupported],
    ['whose root is missing', partitionOf(whole, { root: 7 }), cellFaults.ObjectNotFoundInRevision],
    ['whose root is data', partitionOf(whole, { root: 3 }), cellFaults.InvalidSerialization],
    ['of which an object is missing', partitionOf(whole.slice(0, 2)), cellFaults.ObjectNotFoundInRevision],
    [
      'that are not as long as their nodes say',
      partitionOf([...whole.slice(0, 2), object(3, [], hello)]),
      cellFaults.InvalidObject,
    ],
    ['whose nodes go round in a circle', partitionOf([object(1, [1], node(2))]), cellFaults.ElementCycle],
    ['whose revision stands on itself', partitionOf(whole, { base: idOf(92) }), cellFaults.ElementCycle],
    [
      'whose revision stands on one that is missing',
      partitionOf(whole, { base: idOf(70) }),
      cellFaults.RevisionNotFound,
    ],
    ['of which there are none', emptyPartition(serialGuid), cellFaults.ReferencedElementNotFound],
    ...(['objectGroup', 'revisionManifest', 'cellManifest', 'storageManifest'] as const).map(
      (type) =>
        [
          `without their ${type}`,
          without(partitionOf(whole), ({ body }) => body.type === type),
          cellFaults.ReferencedElementNotFound,
        ] as const,
    ),
    [
      'whose data are left out',
      partitionOf([...whole.slice(0, 2), { ...object(3, [], hello), content: { kind: 'excluded', size: 2 } }]),
      cellFaults.ReferencedElementNotFound,
    ],
    [
      'whose data are in an element that is missing',
      partitionOf([...whole.slice(0, 2), { ...object(3, [], hello), content: { kind: 'blob', blob: idOf(60) } }]),
      cellFaults.ReferencedElementNotFound,
    ],
  ]

  test.each(broken)('%s are none of a file', (_, partition, code) => {
    expect(faultOf(partition)).toMatchObject({ kind: 'cell', code })
  })

  test('that would become more than there is room for are refused with little memory and in little time', () => {
    expect(faultOf(partitionOf(whole), 1)).toMatchObject({ code: cellFaults.StorageFailure })
    const references = (to: number) => Array.from({ length: 100 }, () => to)
    const explosive = Array.from({ length: 20 }, (_, index) => object(index + 1, references(index + 2), node(0)))
    const begin = workingTime()
    expect(faultOf(partitionOf([...explosive, object(21, [], node(0, true))]))).toMatchObject({
      code: cellFaults.InvalidObject,
    })
    expect(workingTime() - begin).toBeLessThan(15_000)
  })
})
