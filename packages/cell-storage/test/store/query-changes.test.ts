import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CellId,
  type ChangesResult,
  type DataElement,
  type ElementBody,
  type ExtendedGuid,
  elementBytes,
  type Filter,
  flagsWith,
  includeFlags,
  type Knowledge,
  keyOf,
  noKnowledge,
  nullCellId,
  nullExtendedGuid,
  type QueryChanges,
  queryFlags,
} from '../../src/index.ts'
import { committed } from '../../src/store/commit.ts'
import { emptyPartition, type Partition } from '../../src/store/partition.ts'
import { queryChanges } from '../../src/store/query-changes.ts'
import { workingTime } from '../working-time.ts'
import { guids, helloPartition, serialGuid } from './sample.ts'

type QueryFlag = (typeof queryFlags)[number]

const query = (more: Partial<QueryChanges> = {}, flags: readonly QueryFlag[] = []): QueryChanges => ({
  type: 'queryChanges',
  flags: flagsWith(queryFlags, flags),
  filters: [],
  ...more,
})

const limits = { maxBytes: 1_000_000, newGuid: guids() }
const typesOf = (elements: readonly DataElement[]) => elements.map(({ body }) => body.type).sort()
const idOf = (value: number): ExtendedGuid => `cccccccc-2222-3333-4444-555555555555:${value}`
const cellOf = (value: number): CellId => `${idOf(value)}/${idOf(0)}`

/** A cell with one revision that has groups of these sizes. The numbers of its ids begin at `first`. */
function cell(first: number, sizes: readonly number[], base: ExtendedGuid = nullExtendedGuid) {
  const groups = sizes.map((size, index) => ({
    id: idOf(first + 10 + index),
    body: {
      type: 'objectGroup',
      objects: [
        {
          id: idOf(first + 500 + index),
          partition: 1n,
          references: [],
          cells: [],
          content: { kind: 'bytes', bytes: new Uint8Array(size).fill(index) },
        },
      ],
    } satisfies ElementBody,
  }))
  const elements: { readonly id: ExtendedGuid; readonly body: ElementBody }[] = [
    { id: idOf(first), body: { type: 'cellManifest', revision: idOf(first + 1) } },
    {
      id: idOf(first + 2),
      body: {
        type: 'revisionManifest',
        revision: idOf(first + 1),
        base,
        roots: [],
        groups: groups.map(({ id }) => id),
      },
    },
    ...groups,
  ]
  return {
    cell: cellOf(first),
    manifest: idOf(first),
    revision: idOf(first + 1),
    revisionManifest: idOf(first + 2),
    elements,
  }
}

/** A partition of these cells, of which the first is the root. */
function partitionOf(
  cells: readonly ReturnType<typeof cell>[],
  from: Partition = emptyPartition(serialGuid),
): Partition {
  const root = { root: idOf(1), cell: cells[0]?.cell ?? nullCellId }
  return committed(
    from,
    {
      manifest: idOf(99_999),
      cells: new Map(cells.map((each) => [each.cell, each.manifest])),
      revisions: new Map(cells.map((each) => [each.revision, each.revisionManifest])),
      elements: [
        { id: idOf(99_999), body: { type: 'storageManifest', schema: serialGuid, roots: [root] } },
        ...cells.flatMap(({ elements }) => elements),
      ],
    },
    guids(),
  )
}

/** Everything that a client gets who asks until nothing is left, and what it then knows. */
function askedUntilWhole(partition: Partition, asked: QueryChanges, maxBytes: number) {
  const got = new Map<ExtendedGuid, Uint8Array>()
  const parts = new Map<ExtendedGuid, number[]>()
  let knowledge: Knowledge = asked.knowledge ?? noKnowledge
  for (let round = 0; round < 10_000; round++) {
    const { result, elements } = queryChanges(partition, { ...asked, knowledge }, { ...limits, maxBytes })
    for (const element of elements) {
      if (element.body.type !== 'fragment') got.set(element.id, elementBytes(element))
      else {
        const { element: of, size, start, bytes } = element.body
        const before = parts.get(of) ?? []
        expect(before.length).toBe(start)
        parts.set(of, [...before, ...bytes])
        if (parts.get(of)?.length === size) got.set(of, Uint8Array.from(parts.get(of) ?? []))
      }
    }
    knowledge = result.knowledge
    if (!result.flags.partial) return { got, result }
  }
  throw new Error('it does not end')
}

describe('Query Changes', () => {
  test('sends everything to who has nothing, and nothing but the index to who has everything', () => {
    const partition = helloPartition()
    const first = queryChanges(partition, query(), limits)
    expect(typesOf(first.elements)).toEqual(
      ['objectGroup', 'objectGroup', 'revisionManifest', 'cellManifest', 'storageManifest', 'storageIndex'].sort(),
    )
    expect(first.result).toMatchObject({ index: partition.index.id, flags: { partial: false } })
    expect(first.result.knowledge.ranges).toEqual([{ guid: serialGuid, from: 1n, to: partition.nextSerial - 1n }])
    const second = queryChanges(partition, query({ knowledge: first.result.knowledge }), limits)
    expect(typesOf(second.elements)).toEqual(['storageIndex'])
    expect(second.result.knowledge).toEqual(first.result.knowledge)
  })

  test('sends what has come since, and no more', () => {
    const before = partitionOf([cell(1000, [10, 10])])
    const { knowledge } = queryChanges(before, query(), limits).result
    const after = partitionOf([cell(1000, [10, 10]), cell(2000, [5])], before)
    const { elements, result } = queryChanges(after, query({ knowledge }), limits)
    expect(elements.map(({ id }) => id).sort()).toEqual([idOf(2000), idOf(2002), idOf(2010), after.index.id].sort())
    expect(result.knowledge.ranges).toEqual([{ guid: serialGuid, from: 1n, to: after.nextSerial - 1n }])
  })

  test('sends everything to who knows another beginning of the partition', () => {
    const foreign = {
      ...noKnowledge,
      ranges: [{ guid: 'eeeeeeee-2222-3333-4444-555555555555', from: 0n, to: 2n ** 64n - 1n }],
    }
    expect(queryChanges(helloPartition(), query({ knowledge: foreign }), limits).elements).toHaveLength(6)
  })

  test('says of an empty partition that there is nothing', () => {
    expect(queryChanges(emptyPartition(serialGuid), query(), limits)).toEqual({
      elements: [],
      result: { type: 'queryChanges', index: nullExtendedGuid, flags: expect.anything(), knowledge: noKnowledge },
    })
  })

  test('sends the storage manifest, and cells, where they are wanted, and one cell alone where that is', () => {
    const partition = partitionOf([cell(1000, [1]), cell(2000, [1])])
    const ask = (include: readonly (typeof includeFlags)[number][], scope: CellId = nullCellId) =>
      typesOf(
        queryChanges(
          partition,
          query({ arguments: { include: flagsWith(includeFlags, include), cell: scope } }),
          limits,
        ).elements,
      )
    expect(ask([])).toEqual(['storageIndex'])
    expect(ask(['includeStorageManifest'])).toEqual(['storageIndex', 'storageManifest'])
    const one = ['cellManifest', 'objectGroup', 'revisionManifest']
    expect(ask(['includeCellChanges'])).toEqual([...one, ...one, 'storageIndex'].sort())
    expect(ask(['includeCellChanges'], cellOf(2000))).toEqual([...one, 'storageIndex'])
    expect(ask(['includeCellChanges'], cellOf(77))).toEqual(['storageIndex'])
  })

  test('sends all of a cell of which something is new to who asks for whole cells', () => {
    const before = partitionOf([cell(1000, [1, 1]), cell(2000, [1])])
    const { knowledge } = queryChanges(before, query(), limits).result
    const next = { ...cell(3000, [1], idOf(1001)), cell: cellOf(1000) }
    const after = partitionOf([next, cell(2000, [1]), { ...cell(1000, [1, 1]), cell: cellOf(7) }], before)
    const asked = query({ knowledge }, ['roundKnowledgeToWholeCells'])
    const ids = queryChanges(after, asked, limits).elements.map(({ id }) => id)
    expect(ids).toContain(idOf(1010))
    expect(ids).not.toContain(idOf(2010))
  })

  test('of any partition, in any amounts, whole or in fragments, comes to everything', () => {
    const sizes = fc.array(fc.nat({ max: 3000 }), { maxLength: 6 })
    fc.assert(
      fc.property(
        fc.array(sizes, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 20, max: 4000 }),
        fc.constantFrom([], ['allowFragments'] as const, ['allowFragments2'] as const),
        (cells, most, flags) => {
          const partition = partitionOf(cells.map((each, index) => cell(1000 * (index + 1), each)))
          const asked = query({ mostBytes: BigInt(most) }, flags)
          const { got, result } = askedUntilWhole(partition, asked, 1_000_000)
          for (const element of partition.elements.values()) {
            expect(Buffer.from(got.get(element.id) ?? []).equals(elementBytes(element)), element.id).toBe(true)
          }
          expect(got.size).toBe(partition.elements.size + 1)
          expect(result.knowledge.ranges).toEqual([{ guid: serialGuid, from: 1n, to: partition.nextSerial - 1n }])
        },
      ),
      { numRuns: 30 },
    )
  })

  test('sends at least one element at a time, and no more than the server has room for', () => {
    const partition = partitionOf([cell(1000, [5000, 5000, 5000])])
    const { result, elements } = queryChanges(partition, query({ mostBytes: 1n }), limits)
    expect(result.flags.partial).toBe(true)
    expect(elements).toHaveLength(2)
    expect(queryChanges(partition, query(), { ...limits, maxBytes: 6000 }).elements.length).toBeLessThan(5)
  })
})

describe('The filters of Query Changes', () => {
  const partition = partitionOf([cell(1000, [1, 1]), { ...cell(2000, [1], idOf(1001)) }])
  const sent = (...filters: Filter[]) =>
    queryChanges(partition, query({ filters }), limits)
      .elements.filter(({ body }) => body.type !== 'storageIndex')
      .map(({ id }) => Number(id.slice(id.indexOf(':') + 1)))
      .sort((one, other) => one - other)
  const exclude = (match: Filter['match']): Filter => ({ match, includes: false })
  const include = (match: Filter['match']): Filter => ({ match, includes: true })
  const all = exclude({ type: 'all' })
  const keyOfCell = (value: number) => keyOf([idOf(value), idOf(0)])
  const everything = [1000, 1002, 1010, 1011, 2000, 2002, 2010, 99_999]

  test('are passed by everything where there are none, and by nothing where all is excluded', () => {
    expect(sent()).toEqual(everything)
    expect(sent(all)).toEqual([])
  })

  test('decide by the last that matches', () => {
    const groups = { type: 'elementType', element: 5 } as const
    expect(sent(exclude(groups))).toEqual([1000, 1002, 2000, 2002, 99_999])
    expect(sent(all, include(groups))).toEqual([1010, 1011, 2010])
    expect(sent(include(groups), all)).toEqual([])
    expect(sent(all, include(groups), exclude({ type: 'elementIds', ids: [idOf(1010)] }))).toEqual([1011, 2010])
  })

  test.each([
    ['what the index names', { type: 'storageIndexReferenced' }, [1000, 1002, 2000, 2002, 99_999]],
    ['a cell, with the revisions below it', { type: 'cell', cell: cellOf(2000) }, [1002, 1010, 1011, 2000, 2002, 2010]],
    ['ids', { type: 'elementIds', ids: [idOf(2010), idOf(5)] }, [2010]],
    ['a cell to depth 0', { type: 'hierarchy', depth: 0, key: keyOfCell(1000) }, []],
    ['a cell to depth 1', { type: 'hierarchy', depth: 1, key: keyOfCell(1000) }, [1000]],
    ['a cell to depth 2', { type: 'hierarchy', depth: 2, key: keyOfCell(1000) }, [1000]],
    ['a cell to depth 3', { type: 'hierarchy', depth: 3, key: keyOfCell(1000) }, [1000, 1002, 1010, 1011]],
    ['a revision to depth 1', { type: 'hierarchy', depth: 1, key: keyOf([idOf(2001)]) }, [2002]],
    ['a revision to depth 2', { type: 'hierarchy', depth: 2, key: keyOf([idOf(2001)]) }, [2002, 2010]],
    [
      'a revision to depth 3',
      { type: 'hierarchy', depth: 3, key: keyOf([idOf(2001)]) },
      [1002, 1010, 1011, 2002, 2010],
    ],
    ['the manifest, by a key that is no revision', { type: 'hierarchy', depth: 2, key: keyOf([idOf(77)]) }, [99_999]],
    ['nothing, by a key that is none', { type: 'hierarchy', depth: 3, key: new Uint8Array(7) }, []],
    ['nothing, by a cell that is not there', { type: 'hierarchy', depth: 3, key: keyOfCell(5) }, []],
  ] as const)('match %s', (_, match, expected) => {
    expect(sent(all, include(match))).toEqual(expected)
  })

  test('that are not supported are passed over, or fail where that is wanted', () => {
    const custom = { type: 'custom', schema: serialGuid, bytes: new Uint8Array() } as const
    expect(sent(exclude(custom))).toEqual(everything)
    expect(() => sent({ ...exclude(custom), failsIfUnsupported: true })).toThrow('UnsupportedFilter')
    expect(() => sent(...Array.from({ length: 65 }, () => all))).toThrow('InvalidArgument')
  })

  test('keep the index back by its type alone', () => {
    const indexSent = (filter: Filter): ChangesResult['index'] =>
      queryChanges(partition, query({ filters: [filter] }), limits).result.index
    expect(indexSent(all)).toBe(partition.index.id)
    expect(indexSent(exclude({ type: 'elementType', element: 1 }))).toBe(nullExtendedGuid)
  })

  test('make a client know what they kept back only if it says so', () => {
    const filters = [exclude({ type: 'elementType', element: 5 })]
    const again = (flags: readonly QueryFlag[]) => {
      const { knowledge } = queryChanges(partition, query({ filters }, flags), limits).result
      return typesOf(queryChanges(partition, query({ knowledge }), limits).elements)
    }
    expect(again([])).toEqual(['objectGroup', 'objectGroup', 'objectGroup', 'storageIndex'])
    expect(again(['includeFilteredOutInKnowledge'])).toEqual(['storageIndex'])
  })
})

describe('A partition that is not as it should be', () => {
  test('whose revisions go round in a circle is sent to its end', () => {
    const partition = partitionOf([cell(1000, [1], idOf(2001)), cell(2000, [1], idOf(1001))])
    expect(queryChanges(partition, query(), limits).elements).toHaveLength(8)
  })

  test('whose index points nowhere is sent as far as it goes', () => {
    const partition = helloPartition()
    const body = { ...partition.index.body, cells: [{ cell: cellOf(1), element: idOf(5), serial: undefined }] }
    const broken = { ...partition, index: { ...partition.index, body } }
    expect(queryChanges(broken, query(), limits).elements.length).toBeGreaterThan(0)
  })

  test('with 10,000 revisions one on the other is sent within a second', () => {
    const cells = Array.from({ length: 10_000 }, (_, index) =>
      cell(10 * index + 200_000, [], idOf(10 * index + 200_011)),
    )
    const partition = partitionOf(cells)
    const begin = workingTime()
    const ranges = Array.from({ length: 10_000 }, (_, index) => ({
      guid: serialGuid,
      from: BigInt(3 * index),
      to: BigInt(3 * index),
    }))
    queryChanges(partition, query({ knowledge: { ...noKnowledge, ranges } }, ['roundKnowledgeToWholeCells']), limits)
    expect(workingTime() - begin).toBeLessThan(10_000)
  })
})
