import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoredFile } from '../src/index.ts'
import type { Listen } from './suite/index.ts'
import { chunkFrame, coauthLock, framed, idOf, putChunked, sendTransfer, streamOf } from './suite/transfer.ts'
import { bytesOf, lockIt, openWorld, putIt, unlockIt, type World } from './suite/world.ts'

const inProcess: Listen = async ({ fetch }) => ({ origin: 'https://host.example', send: fetch, close: async () => {} })

const streams = ['MainContent', 'a', 'b'] as const
type StreamId = (typeof streams)[number]

/** A save: what each of some streams is put together of, and which of those pieces are sent, and how. */
interface Save {
  readonly streams: Partial<Record<StreamId, readonly string[]>>
  readonly sent: readonly string[]
  readonly inAdvance: readonly string[]
  readonly isStale: boolean
}

const piece = fc.constantFrom('one', 'two', 'three', 'four', 'PK\u0003\u0004', 'x'.repeat(300))
const pieces = fc.array(piece, { maxLength: 5 })
const save: fc.Arbitrary<Save> = fc.record({
  streams: fc.dictionary(fc.constantFrom(...streams), pieces, { maxKeys: 3 }),
  sent: pieces,
  inAdvance: pieces,
  isStale: fc.nat(9).map((number) => number === 0),
})
const step = fc.oneof({ weight: 5, arbitrary: save }, { weight: 1, arbitrary: fc.constant('plain save' as const) })

/** What the streams of a file are made of. */
type Model = Map<string, readonly string[]>

/** What the host knows: the pieces that the streams were sent in, and each stream as a whole. */
const knownIn = (model: Model) => new Set([...model.values()].flatMap((parts) => [...parts, parts.join('')]))

async function upload(world: World, file: StoredFile, texts: readonly string[]): Promise<string> {
  const begun = await sendTransfer(world, file, { override: 'CREATE_UPLOAD_SESSION' })
  const { UploadSessionToken: token } = (await begun.json()) as { UploadSessionToken: string }
  const bytes = await framed(...texts.map((text) => chunkFrame(bytesOf(text))))
  for (let offset = 0; offset < bytes.length; offset += 50) {
    const slice = bytes.slice(offset, offset + 50)
    const headers = {
      'X-WOPI-UploadSessionToken': token,
      'X-WOPI-ContentRangeOffset': String(offset),
      'X-WOPI-ContentRangeLength': String(slice.length),
    }
    await sendTransfer(world, file, { override: 'UPDATE_UPLOAD_SESSION', headers, body: slice })
  }
  return token
}

async function tryToSave(world: World, file: StoredFile, model: Model, wanted: Save): Promise<void> {
  const signatures = Object.entries(wanted.streams).map(([StreamId, parts = []]) => ({
    StreamId,
    ChunkingScheme: 'FullFile',
    ChunkSignatures: parts.map((part) => ({ ChunkId: idOf(bytesOf(part)), Length: bytesOf(part).length })),
  }))
  const session = wanted.inAdvance.length > 0 ? await upload(world, file, wanted.inAdvance) : null
  const { status } = await putChunked(world, file, {
    ...{ coauth: 'A', signatures, session, chunks: wanted.sent.map(bytesOf) },
    ...(wanted.isStale && { sequence: 0 }),
  })
  const needed = Object.values(wanted.streams).flat()
  const known = new Set([...wanted.sent, ...wanted.inAdvance, ...knownIn(model)])
  const isThere = needed.every((part) => known.has(part))
  expect(status).toBe(wanted.isStale ? 412 : isThere ? 200 : 400)
  if (status !== 200) return
  for (const [id, parts = []] of Object.entries(wanted.streams)) model.set(id, parts)
}

/** As any client does that knows nothing of chunks. */
async function savePlainly(world: World, file: StoredFile, model: Model): Promise<void> {
  await world.send(file, { override: 'UNLOCK_COAUTH_LOCK', headers: { 'X-WOPI-CoauthLockId': 'A' } })
  await lockIt(world, file, 'L')
  expect((await putIt(world, file, 'plain', { lock: 'L' })).status).toBe(200)
  await unlockIt(world, file, 'L')
  await coauthLock(world, file, 'A')
  model.clear()
  model.set('MainContent', ['plain'])
}

async function expectToBe(world: World, file: StoredFile, model: Model): Promise<void> {
  for (const id of streams) expect(await streamOf(world, file, id)).toBe(model.get(id)?.join('') ?? '')
  expect(await world.textOf(file)).toBe(model.get('MainContent')?.join('') ?? '')
}

test('whatever clients send in pieces, a file is what they said or what it was, and never anything else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const world = await openWorld(inProcess, { coauth: true })
      const file = await world.make('a.docx', '')
      await coauthLock(world, file, 'A')
      const model: Model = new Map()
      for (const each of steps) {
        if (each === 'plain save') await savePlainly(world, file, model)
        else await tryToSave(world, file, model, each)
        await expectToBe(world, file, model)
      }
      await world.close()
    }),
    { numRuns: 30 },
  )
}, 180_000)
