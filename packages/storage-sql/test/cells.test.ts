import { type DataElement, emptyPartition, type Partition } from '@openwopi/cell-storage'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteCells } from '../src/index.ts'
import { overEach, sqlite } from './databases.ts'
import { ann, content, openTestStorage, standingClock, there } from './open-test-storage.ts'

const day = 24 * 60 * 60_000
const guid = '11111111-2222-3333-4444-555555555555'
const contentPartition = '00000000-0000-0000-0000-000000000000'
const metadataPartition = '383adc0b-e66e-4438-95e6-e39ef9720122'

const blob = (id: number, bytes: Uint8Array): DataElement => ({
  id: `${guid}:${id}`,
  serial: { guid, value: BigInt(id) },
  body: { type: 'blob', bytes },
})

/** The partition that follows one, in which all elements are so many of one byte. */
function following(
  before: Partition | undefined,
  { count, byte, size = 1 }: { count: number; byte: number; size?: number },
) {
  const elements = Array.from({ length: count }, (_, at) => blob(byte * 100_000 + at, new Uint8Array(size).fill(byte)))
  const base = before ?? emptyPartition(guid)
  return { ...base, version: base.version + 1, elements: new Map(elements.map((element) => [element.id, element])) }
}

/** The bytes that are in the elements of a partition. */
const bytesIn = (partition: Partition | undefined): Set<number> =>
  new Set(
    [...(partition?.elements.values() ?? [])].flatMap(({ body }) =>
      body.type === 'blob' ? [...body.bytes.subarray(0, 1)] : [],
    ),
  )

overEach((databases) => {
  async function world() {
    const clock = standingClock()
    const sql = await openTestStorage(databases, { now: clock.now })
    const file = there(await sql.storage.create('root', ['a.docx'], content('first'), ann))
    return { ...clock, sql, file: file.id, stored: file }
  }

  test('a partition of many and of large elements is there when the database is opened again, and is replaced', async () => {
    const { sql, file } = await world()
    const place = { file, partition: contentPartition }
    const [many, large] = [following(undefined, { count: 1000, byte: 1 }), { count: 3, byte: 2, size: 3 * 2 ** 20 }]
    expect(await sql.cellStore.swap(place, undefined, many)).toBe(true)
    await sql.close()
    const again = await openTestStorage(databases, { database: sql.database })
    const read = there(await again.cellStore.read(place))
    expect([...read.elements.keys()].sort()).toEqual([...many.elements.keys()].sort())
    expect(await again.cellStore.swap(place, read, following(read, large))).toBe(true)
    const last = there(await again.cellStore.read(place))
    expect([...last.elements.values()].map(({ body }) => body.type === 'blob' && body.bytes.byteLength)).toEqual([
      ...[large.size, large.size, large.size],
    ])
  })

  test('while two who have the database open replace a partition, whoever reads it sees one of its states', async () => {
    const { sql, file } = await world()
    const other = await openTestStorage(databases, { database: sql.database })
    const place = { file, partition: metadataPartition }
    await sql.cellStore.swap(place, undefined, following(undefined, { count: 20, byte: 1 }))
    let isDone = false
    const replace = async ({ cellStore }: typeof other, byte: number) => {
      for (let left = 10; left > 0; ) {
        const before = there(await cellStore.read(place))
        if (await cellStore.swap(place, before, following(before, { count: 20, byte }))) left--
      }
    }
    const read = async () => {
      const seen: Set<number>[] = []
      while (!isDone) seen.push(bytesIn(await other.cellStore.read(place)))
      return seen
    }
    const reading = read()
    await Promise.all([replace(sql, 2), replace(other, 3)])
    isDone = true
    for (const seen of await reading) expect(seen.size).toBe(1)
    expect((await sql.cellStore.read(place))?.version).toBe(21)
  })

  test('what was put or read last is not read again, unless others have replaced it', async () => {
    const { sql, file } = await world()
    const other = await openTestStorage(databases, { database: sql.database })
    const place = { file, partition: contentPartition }
    const first = following(undefined, { count: 3, byte: 1 })
    await sql.cellStore.swap(place, undefined, first)
    expect(await sql.cellStore.read(place)).toBe(first)
    const read = there(await other.cellStore.read(place))
    expect(await other.cellStore.read(place)).toBe(read)
    const second = following(read, { count: 3, byte: 2 })
    await other.cellStore.swap(place, read, second)
    expect(bytesIn(await sql.cellStore.read(place))).toEqual(new Set([2]))
    expect(await other.cellStore.read(place)).toBe(second)
    await sql.cellStore.forget({ file })
    expect(await other.cellStore.read(place)).toBeUndefined()
  })

  test('a swap that breaks off has changed nothing', async () => {
    const { sql, file } = await world()
    const place = { file, partition: contentPartition }
    const first = following(undefined, { count: 2, byte: 1 })
    await sql.cellStore.swap(place, undefined, first)
    const broken = blob(9, new Uint8Array())
    const elements = new Map([...first.elements, ['no guid:1' as const, { ...broken, id: 'no guid:1' as const }]])
    await expect(sql.cellStore.swap(place, first, { ...first, version: 9, elements })).rejects.toThrow()
    const read = await sql.cellStore.read(place)
    expect([read?.version, read?.elements.size]).toEqual([1, 2])
  })

  test('a file that leaves the trash for good takes its cells and editors with it', async () => {
    const { sql, file, stored } = await world()
    const place = { file, partition: contentPartition }
    await sql.cellStore.swap(place, undefined, following(undefined, { count: 2, byte: 1 }))
    const editor = { clientId: 'a', name: 'a', login: 'a', canWrite: true, expiresAt: 1, metadata: {} }
    await sql.cellEditors.swap(file, [], [editor])
    await sql.storage.remove(stored, ann)
    expect((await sql.cellStore.read(place))?.version).toBe(1)
    await sql.trash.empty(file)
    expect(await sql.cellStore.read(place)).toBeUndefined()
    expect(await sql.cellEditors.read(file)).toEqual([])
  })

  test('a sweep forgets cells of what is no file, those that can be made anew after a week, and editors who are gone', async () => {
    const { sql, file, now, later } = await world()
    const [gone, derived, kept] = [
      { file: 'new:root/b.docx', partition: metadataPartition },
      { file, partition: contentPartition },
      { file, partition: metadataPartition },
    ]
    await sql.cellStore.swap(gone, undefined, following(undefined, { count: 1, byte: 1 }))
    await sql.cellStore.swap(derived, undefined, { ...following(undefined, { count: 1, byte: 1 }), source: '1' })
    await sql.cellStore.swap(kept, undefined, following(undefined, { count: 1, byte: 1 }))
    const editor = { clientId: 'a', name: 'a', login: 'a', canWrite: true, metadata: {} }
    await sql.cellEditors.swap(file, [], [{ ...editor, expiresAt: now() + day }])
    const versions = async () =>
      (await Promise.all([gone, derived, kept].map((place) => sql.cellStore.read(place)))).map((each) => each?.version)

    later(day - 1)
    await sql.sweep()
    expect(await versions()).toEqual([1, 1, 1])
    expect(await sql.cellEditors.read(file)).toHaveLength(1)
    later(1)
    await sql.sweep()
    expect(await versions()).toEqual([undefined, 1, 1])
    expect(await sql.cellEditors.read(file)).toEqual([])
    later(6 * day)
    await sql.sweep()
    expect(await versions()).toEqual([undefined, undefined, 1])
  })
})

test('cells may be kept by themselves, of files that lie elsewhere', async () => {
  const { now, later } = standingClock()
  const path = (await sqlite.fresh()).replace('sqlite:', '')
  const open = () => sqliteCells({ path, exists: async (id) => id === 'there', now })
  const [there, gone] = [
    { file: 'there', partition: metadataPartition },
    { file: 'gone', partition: metadataPartition },
  ]
  const first = await open()
  for (const place of [there, gone])
    await first.store.swap(place, undefined, following(undefined, { count: 1, byte: 1 }))
  await first.close()
  const cells = await open()
  onTestFinished(cells.close)
  later(day)
  await cells.sweep()
  expect((await cells.store.read(there))?.version).toBe(1)
  expect(await cells.store.read(gone)).toBeUndefined()
  await expect(cells.editors.swap('there', [], [])).resolves.toBe(true)
})
