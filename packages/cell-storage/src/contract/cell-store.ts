import { deepStrictEqual as equal } from 'node:assert/strict'
import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import type { DataElement, ElementBody } from '../objects/element.ts'
import type { CellStore } from '../store/cell-store.ts'
import { committed } from '../store/commit.ts'
import { emptyPartition, type Partition } from '../store/partition.ts'
import type { Test } from './contract-test.ts'

/** Makes a store that nobody else uses. */
export type CreateCellStore = () => Promise<CellStore>

const place = { file: 'one', partition: '00000000-0000-0000-0000-000000000000' }
const otherPartition = { ...place, partition: '383adc0b-e66e-4438-95e6-e39ef9720122' }
const otherFile = { ...place, file: 'two' }

const serialGuid = 'aaaaaaaa-2222-3333-4444-555555555555'
const newGuid = () => 'bbbbbbbb-2222-3333-4444-555555555555'
const idOf = (value: number): ExtendedGuid => `cccccccc-2222-3333-4444-555555555555:${value}`

const bodies: readonly ElementBody[] = [
  { type: 'storageManifest', schema: serialGuid, roots: [{ root: idOf(1), cell: `${idOf(2)}/${idOf(3)}` }] },
  { type: 'cellManifest', revision: idOf(4) },
  { type: 'revisionManifest', revision: idOf(4), base: idOf(0), roots: [], groups: [idOf(13)] },
  {
    type: 'objectGroup',
    objects: [
      {
        id: idOf(5),
        partition: 1n,
        references: [idOf(6)],
        cells: [],
        content: { kind: 'bytes', bytes: Uint8Array.of(0, 1, 255) },
        frequency: 2n,
      },
      {
        id: idOf(6),
        partition: 1n,
        references: [],
        cells: [],
        content: { kind: 'blob', blob: idOf(14) },
        frequency: 0n,
      },
    ],
  },
  { type: 'blob', bytes: new Uint8Array(100_000).fill(7) },
]

/** A partition with one element of each type, whose blob has a size of its own. */
function filled(from: Partition = emptyPartition(serialGuid), changes: Partial<Record<number, ElementBody>> = {}) {
  const elements = bodies.map((body, index) => ({ id: idOf(10 + index), body: changes[index] ?? body }))
  const commit = {
    manifest: idOf(10),
    cells: new Map([[`${idOf(2)}/${idOf(3)}` as const, idOf(11)]]),
    revisions: new Map([[idOf(4), idOf(12)]]),
    elements,
  }
  return committed(from, commit, newGuid)
}

/** Without what bytes are held in, which differs between stores. */
const plain = (partition: Partition | undefined) =>
  partition && {
    ...partition,
    elements: [...partition.elements.values()].sort(byId).map(plainElement),
    pending: partition.pending && { ...partition.pending, elements: partition.pending.elements.map(plainElement) },
  }

const byId = (one: DataElement, other: DataElement) => (one.id < other.id ? -1 : 1)

function plainElement({ body, ...element }: DataElement) {
  if (body.type === 'blob') return { ...element, body: [...body.bytes] }
  if (body.type !== 'objectGroup') return { ...element, body }
  const objects = body.objects.map((object) => ({
    ...object,
    content: object.content.kind === 'bytes' ? [...object.content.bytes] : object.content,
  }))
  return { ...element, body: { ...body, objects } }
}

/** What every store of cells does. */
export function cellStoreContract(test: Test, create: CreateCellStore): void {
  test('A partition in which nothing was put is not there.', async () => {
    equal(await (await create()).read(place), undefined)
  })

  test('What was put comes back as it was, and no other partition has it.', async () => {
    const store = await create()
    const partition = filled()
    equal(await store.swap(place, undefined, partition), true)
    equal(plain(await store.read(place)), plain(partition))
    equal(await store.read(otherPartition), undefined)
    equal(await store.read(otherFile), undefined)
  })

  test('What waits for the last part of a put comes back as it was, and goes, as do the version of the file and the keys that yield.', async () => {
    const store = await create()
    const first = filled()
    const pending = { elements: [...filled().elements.values()], expiresAt: 1_700_000_000_000 }
    const waiting = { ...first, pending, source: '"7"', yielding: ['manifest', 'a cell'] }
    await store.swap(place, undefined, waiting)
    equal(plain(await store.read(place)), plain(waiting))
    await store.swap(place, waiting, filled(first))
    equal(plain(await store.read(place)), plain(filled(first)))
  })

  test('A partition is replaced where it still is as it was read: elements come and go.', async () => {
    const store = await create()
    const first = filled()
    await store.swap(place, undefined, first)
    const read = await store.read(place)
    const next = committed(read ?? first, { ...emptied, elements: [] }, newGuid)
    equal(await store.swap(place, read, next), true)
    equal(plain(await store.read(place)), plain(next))
    equal((await store.read(place))?.elements.size, 0)
    const again = filled(next)
    equal(await store.swap(place, next, again), true)
    equal(plain(await store.read(place)), plain(again))
  })

  test('A partition that begins anew has the elements of its new beginning, even under the ids of old ones.', async () => {
    const store = await create()
    const first = filled()
    await store.swap(place, undefined, first)
    const other = { ...emptyPartition('dddddddd-2222-3333-4444-555555555555'), version: 7 }
    const anew = filled(other, { 4: { type: 'blob', bytes: Uint8Array.of(1) } })
    equal(await store.swap(place, first, anew), true)
    equal(plain(await store.read(place)), plain(anew))
  })

  test('A partition that has changed meanwhile, or come, or gone, is not replaced.', async () => {
    const store = await create()
    const [first, second] = [filled(), filled(filled())]
    equal(await store.swap(place, first, second), false)
    equal(await store.read(place), undefined)
    await store.swap(place, undefined, first)
    equal(await store.swap(place, undefined, second), false)
    equal(await store.swap(place, second, filled(second)), false)
    equal(plain(await store.read(place)), plain(first))
  })

  test('A partition that was forgotten and has come again is another one, even at the same version.', async () => {
    const store = await create()
    const first = filled()
    await store.swap(place, undefined, first)
    await store.forget(place)
    const again = filled(emptyPartition('dddddddd-2222-3333-4444-555555555555'))
    await store.swap(place, undefined, again)
    equal(await store.swap(place, first, filled(first)), false)
    equal(plain(await store.read(place)), plain(again))
  })

  test('Of many who replace the same partition, one does.', async () => {
    const store = await create()
    const first = filled()
    await store.swap(place, undefined, first)
    const tries = Array.from({ length: 20 }, () => store.swap(place, first, filled(first)))
    equal((await Promise.all(tries)).filter(Boolean).length, 1)
  })

  test('A forgotten partition is gone, alone or with all of its file.', async () => {
    const store = await create()
    for (const each of [place, otherPartition, otherFile]) await store.swap(each, undefined, filled())
    await store.forget(otherPartition)
    equal(await store.read(otherPartition), undefined)
    equal((await store.read(place))?.version, 1)
    await store.swap(otherPartition, undefined, filled())
    await store.forget({ file: place.file })
    equal(await store.read(place), undefined)
    equal(await store.read(otherPartition), undefined)
    equal((await store.read(otherFile))?.version, 1)
    await store.forget({ file: 'never there' })
  })
}

const emptied = { manifest: undefined, cells: new Map<never, never>(), revisions: new Map<never, never>() }
