import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import {
  type CellScope,
  type CellStore,
  cellsToFile,
  type DataElement,
  type ExtendedGuid,
  isFault,
  type Knowledge,
  memoryCellStore,
  noKnowledge,
  nullExtendedGuid,
  type Partition,
  partitions,
} from '../../src/index.ts'
import { recentPartitions } from '../../src/store/recent-partitions.ts'
import { memoryContent } from './memory-content.ts'
import { ask, asPut, elementsFor, endings, idOf, indexNow, put, putting, query, scopeOf } from './putting.ts'
import { place, serialGuid } from './sample.ts'

const slide = (text: string) => Buffer.from(text.repeat(2000))
const slides = (changed: string) =>
  Buffer.from(
    zipSync(
      { 'one.xml': slide('1'), 'two.xml': slide(changed), 'three.xml': slide('3') },
      { level: 0, mtime: '2026-01-01' },
    ),
  )

/** What a client has of a file, asking again and again with what it knows. */
function reader(scope: CellScope) {
  const held = new Map<ExtendedGuid, DataElement>()
  let knowledge: Knowledge = noKnowledge
  return async () => {
    const response = await ask(scope, [query(knowledge)])
    const outcome = response.fault ? undefined : response.subResponses[0]?.outcome
    if (!outcome || isFault(outcome) || outcome.type !== 'queryChanges' || response.fault) throw new Error('it failed')
    const came = response.elements ?? []
    for (const element of came) held.set(element.id, element)
    knowledge = outcome.knowledge
    const index = came.find((each): each is Partition['index'] => each.body.type === 'storageIndex')
    if (!index) throw new Error('there is no index')
    const whole = cellsToFile({ version: 0, serialGuid, nextSerial: 1n, index, elements: held }, 2 ** 24)
    return { bytes: Buffer.concat(whole.pieces), came: came.length }
  }
}

/** A file whose reads are counted. */
function counted(bytes: Uint8Array) {
  const file = memoryContent(bytes)
  const counts = { reads: 0 }
  const content = {
    ...file.content,
    read: (version: string) => {
      counts.reads++
      return file.content.read(version)
    },
  }
  return { ...file, content, counts }
}

const kindsIn = (partition: Partition | undefined) =>
  [...(partition?.elements.values() ?? [])].flatMap(({ body }) =>
    body.type === 'objectGroup' ? body.objects.map(({ content }) => content.kind) : [],
  )

describe('The cells of a file', () => {
  test('are stored without the bytes that the file holds, and answered with them', async () => {
    const file = counted(slides('2'))
    const scope = scopeOf(file.content)
    const read = reader(scope)
    expect((await read()).bytes.equals(slides('2'))).toBe(true)
    expect(kindsIn(await scope.store.read(place)).filter((kind) => kind === 'excluded').length).toBeGreaterThan(3)
    const again = await reader({ ...scopeOf(file.content, scope.store) })()
    expect(again.bytes.equals(slides('2'))).toBe(true)
  })

  test('are read once, and not again while they are held in memory', async () => {
    const file = counted(slides('2'))
    const scope = scopeOf(file.content, undefined, { recent: recentPartitions(2 ** 20) })
    const [one, other] = [reader(scope), reader(scope)]
    await one()
    expect((await other()).bytes.equals(slides('2'))).toBe(true)
    expect(file.counts.reads).toBe(1)
    file.put(slides('x'))
    expect((await other()).bytes.equals(slides('x'))).toBe(true)
    expect(file.counts.reads).toBe(2)
    const small = { ...scope, recent: recentPartitions(100) }
    await reader(small)()
    await reader(small)()
    expect(file.counts.reads).toBe(4)
  })

  test('that stay the same are not sent again when the file changes by another way', async () => {
    const file = memoryContent(slides('2'))
    const read = reader(scopeOf(file.content))
    const first = await read()
    file.put(slides('x'))
    const second = await read()
    expect(second.bytes.equals(slides('x'))).toBe(true)
    expect(second.came).toBeLessThan(first.came)
    file.put(slides('2'))
    expect((await read()).bytes.equals(slides('2'))).toBe(true)
  })

  test('are made anew where what is stored does not fit the file', async () => {
    const file = memoryContent(Buffer.from('as it is'))
    const plain = memoryCellStore()
    await reader(scopeOf(file.content, plain))()
    const torn: CellStore = {
      ...plain,
      async read(where) {
        const found = await plain.read(where)
        const isTorn = found !== undefined && kindsIn(found).includes('excluded')
        return isTorn ? { ...found, elements: new Map([...found.elements].slice(1)) } : found
      },
    }
    expect((await reader(scopeOf(file.content, torn))()).bytes.toString()).toBe('as it is')
  })

  test('are those of the client that has put them, and its next put goes by them', async () => {
    const file = memoryContent(Buffer.from('zero'))
    const scope = scopeOf(file.content)
    const before = await indexNow(scope)
    const first = elementsFor('one')
    expect(endings(await ask(scope, [putting(before)], [...first, before]))).toEqual(['putChanges'])
    const index = first.at(-1)
    const second = elementsFor('two', 'ann', idOf(2))
    const next = put({ index: idOf(2), expected: index?.id ?? nullExtendedGuid })
    expect(endings(await ask(scope, [next], [...second, ...(index ? [index] : [])]))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('two')
  })

  test('keep the revisions that a client names, as it will take them to be there', async () => {
    const file = memoryContent(Buffer.from('zero'))
    const scope = scopeOf(file.content)
    const before = await indexNow(scope)
    if (before.body.type !== 'storageIndex') throw new Error('there is no index')
    const naming = elementsFor('one').map((each) =>
      each.body.type === 'storageIndex' && before.body.type === 'storageIndex'
        ? { ...each, body: { ...each.body, revisions: [...each.body.revisions, ...before.body.revisions] } }
        : each,
    )
    expect(endings(await ask(scope, [putting(before)], [...naming, before]))).toEqual(['putChanges'])
    const index = naming.at(-1)
    const next = put({ index: idOf(2), expected: idOf(1) })
    const second = elementsFor('two', 'ann', idOf(2))
    expect(endings(await ask(scope, [next], [...second, ...(index ? [index] : [])]))).toEqual(['putChanges'])
    const stored = await scope.store.read(place)
    expect(stored?.index.body.revisions).toHaveLength(1)
  })

  test('do not keep in memory the message that a small part of them came in', async () => {
    const file = memoryContent()
    const scope = scopeOf(file.content, undefined, { recent: recentPartitions(2 ** 20) })
    const message = new Uint8Array(2 ** 20)
    const elements = asPut(
      {
        manifest: undefined,
        cells: new Map(),
        revisions: new Map([[idOf(5), idOf(6)]]),
        elements: [{ id: idOf(6), body: { type: 'blob', bytes: message.subarray(0, 10) } }],
      },
      idOf(1),
    )
    const other = { ...putting(undefined), partition: partitions.metadata }
    expect(endings(await ask(scope, [other], elements))).toEqual(['putChanges'])
    const kept = (await scope.store.read({ ...place, partition: partitions.metadata }))?.elements.get(idOf(6))?.body
    expect(kept?.type === 'blob' && kept.bytes.buffer.byteLength).toBe(10)
  })
})

describe('Partitions that are held in memory', () => {
  const partition = (version: number): Partition => ({
    version,
    serialGuid,
    nextSerial: 1n,
    index: { id: idOf(1), serial: undefined, body: { type: 'storageIndex', cells: [], revisions: [] } },
    elements: new Map(),
  })

  test('are those that were asked for last, as many as there is room for', () => {
    const recent = recentPartitions(100)
    recent.keep('one', partition(1), 40)
    recent.keep('two', partition(1), 40)
    expect(recent.find('one', partition(1))).toBeDefined()
    recent.keep('three', partition(1), 40)
    expect(recent.find('two', partition(1))).toBeUndefined()
    expect(recent.find('one', partition(1))).toBeDefined()
    recent.keep('four', partition(1), 101)
    expect(recent.find('four', partition(1))).toBeUndefined()
    expect(recent.find('three', partition(1))).toBeDefined()
  })

  test('are the very ones that are asked for', () => {
    const recent = recentPartitions(100)
    recent.keep('one', partition(1), 40)
    expect(recent.find('one', partition(2))).toBeUndefined()
    expect(recent.find('one', { ...partition(1), serialGuid: 'another' })).toBeUndefined()
    recent.keep('one', partition(2), 90)
    expect(recent.find('one', partition(2))).toBeDefined()
    expect(recent.find('one', partition(1))).toBeUndefined()
  })
})
