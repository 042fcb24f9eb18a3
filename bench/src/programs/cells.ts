import { createHash } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import {
  answerCells,
  type CellContent,
  type CellRequest,
  type CellScope,
  type DataElement,
  fileToCells,
  flagsWith,
  isFault,
  memoryCellStore,
  putFlags,
  queryFlags,
  recentPartitions,
  responsePieces,
} from '@openwopi/cell-storage'
import { cuttingThread } from '@openwopi/cell-storage/node'
import { presentations } from '../presentation.ts'
import { options } from './serve.ts'

// What the cells of a large presentation cost, beside hashing it: everything, and then one slide that has changed.
const { rounds } = options
const [first, second] = presentations()
const [before, after] = [inSharedMemory(first), inSharedMemory(second)]

/** As a host reads files for cells. */
function inSharedMemory(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}

const thread = cuttingThread()

/** A file whose storage costs nothing: what it costs is measured elsewhere. */
function contentOf(bytes: Uint8Array): CellContent {
  let version = 1
  const state = () => ({ version: String(version), size: bytes.length })
  return {
    find: async () => state(),
    read: async () => bytes,
    async write() {
      version++
      return state()
    },
  }
}

const scopeOf = (bytes: Uint8Array): CellScope => ({
  content: contentOf(bytes),
  recent: recentPartitions(2 ** 28),
  store: memoryCellStore(),
  cut: thread.cut,
  file: '42',
  canWrite: true,
  maxBytes: 2 ** 28,
  newGuid: () => crypto.randomUUID(),
  now: Date.now,
})

const query: CellRequest = {
  version: 12,
  subRequests: [{ id: 1n, priority: 0n, type: 'queryChanges', flags: flagsWith(queryFlags), filters: [] }],
}

const timed = async (work: () => unknown) => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest()

/** What a client puts that knows the first presentation and has the second. */
function changeOf(index: DataElement): CellRequest {
  const { manifest, cells, revisions, elements } = fileToCells('42', after)
  const known = new Set([...fileToCells('42', before).elements].map(({ id }) => id))
  const serial = undefined
  const next: DataElement = {
    id: 'dddddddd-2222-3333-4444-555555555555:1',
    serial,
    body: {
      type: 'storageIndex',
      ...(manifest && { manifest: { element: manifest, serial } }),
      cells: [...cells].map(([cell, element]) => ({ cell, element, serial })),
      revisions: [...revisions].map(([revision, element]) => ({ revision, element, serial })),
    },
  }
  const news = [...elements].filter(({ id }) => !known.has(id)).map((element) => ({ ...element, serial }))
  return {
    version: 12,
    subRequests: [
      {
        id: 1n,
        priority: 0n,
        type: 'putChanges',
        index: next.id,
        expected: index.id,
        flags: flagsWith(putFlags),
      },
    ],
    elements: [...news, next, index],
  }
}

async function round() {
  const scope = scopeOf(before)
  const hashing = await timed(() => sha1(before))
  const delays = monitorEventLoopDelay({ resolution: 5 })
  delays.enable()
  const querying = await timed(async () => responsePieces(await answerCells(query, scope)))
  delays.disable()
  const response = await answerCells(query, scope)
  const index = response.fault ? undefined : response.elements?.find(({ body }) => body.type === 'storageIndex')
  if (!index) throw new Error('the presentation has no cells')
  const request = changeOf(index)
  const put = await timed(async () => {
    const answer = await answerCells(request, scope)
    if (answer.fault || answer.subResponses.some(({ outcome }) => isFault(outcome))) throw new Error('the put failed')
  })
  const changed = (request.elements ?? []).flatMap(({ body }) => (body.type === 'objectGroup' ? body.objects : []))
  const hashingChange = await timed(() => {
    for (const { content } of changed) if (content.kind === 'bytes') sha1(content.bytes)
  })
  return { hashing, querying, longestDelay: delays.max / 1e6, put, hashingChange }
}

await round()
const measured: Awaited<ReturnType<typeof round>>[] = []
for (let done = 0; done < rounds; done++) measured.push(await round())
await thread.close()
process.once('disconnect', () => process.exit())
process.send?.({ size: before.length, rounds: measured })
