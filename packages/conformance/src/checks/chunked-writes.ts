import { type Frame, type StreamSignature, spookyHash } from '@openwopi/protocol/transfer'
import type { Answer } from '../answer.ts'
import type { Check } from '../check.ts'
import { bodyOf, chunkFrame, chunksIn, framesIn, propertiesIn, signaturesIn, signed } from '../chunks.ts'
import { expectLock, expectStatus, expectThat, given } from '../findings.ts'
import { storedZip } from '../stored-zip.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import { bytesOf, contentOf, isSame, locked, save, textIn, type World } from '../world.ts'
import { archive, ask, filterOf } from './chunked-reads.ts'
import { joined } from './coauth-locks.ts'
import { fileInfoOf } from './named-in.ts'

const writes = {
  group: 'transfer',
  covers: ['putChunkedFile'],
  promised: ['SupportsCoauth'],
  needs: ['own'],
  spec: `${docs.plus}/file-transfer/put-chunked-file`,
} as const

/** What is put besides the chunks. */
export interface Put {
  readonly signatures: readonly StreamSignature[]
  readonly frames?: readonly Frame[]
  readonly properties?: readonly object[]
  readonly session?: string
  /** `undefined`: the present one. */
  readonly sequenceNumber?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** The number of the present content. */
const numberOf = async (target: Target): Promise<number> =>
  Number((await target.ask('getSequenceNumber')).headers.get('X-WOPI-SequenceNumber'))

/** Puts streams and properties of a file. */
export async function put(target: Target, { signatures, frames = [], properties = [], session, ...rest }: Put) {
  const message = {
    ContentProperties: properties,
    Signatures: signatures,
    UploadSessionTokenToCommit: session ?? null,
  }
  const sequenceNumber = rest.sequenceNumber ?? (await numberOf(target))
  const content = await bodyOf(message, ...frames)
  return target.ask('putChunkedFile', { sequenceNumber, content }, { headers: rest.headers ?? {} })
}

/** Puts a whole content in its chunks. */
export const putWhole = async (target: Target, content: Uint8Array, rest: Partial<Put> = {}): Promise<Answer> =>
  put(target, {
    signatures: [await signed(content)],
    frames: (await chunksIn(content)).map((chunk) => chunkFrame(chunk)),
    ...rest,
  })

/** A file that a client holds together with others, and how that client says so. */
export async function heldTogether(world: World, content: Uint8Array | string = 'in place') {
  const id = world.newLock()
  const target = await joined(world, id)
  given(await putWhole(target, typeof content === 'string' ? bytesOf(content) : content, mine(id)), 'PutChunkedFile')
  return { target, id }
}

const mine = (id: string) => ({ headers: { 'X-WOPI-CoauthLockId': id } })

const expectText = async (target: Target, text: string) => {
  const found = await textIn(target)
  expectThat(found === text, `the content "${text}"`, `"${found.slice(0, 60)}"`)
}

const changed = bytesOf('changed')

const contents: readonly (readonly [what: string, content: Uint8Array])[] = [
  ['that is not cut', changed],
  ['that is cut at its entries', archive],
  ['of 1 MiB', Uint8Array.from({ length: 1024 * 1024 }, (_, at) => (at * 31 + (at >> 8)) % 256)],
  ['of no bytes', new Uint8Array()],
]

const stored = contents.map(
  ([what, content]): Check => ({
    ...writes,
    says: `Content ${what}, put in chunks, is what GetFile answers.`,
    covers: ['putChunkedFile', 'getFile'],
    async run(world) {
      const { target, id } = await heldTogether(world)
      expectStatus(await putWhole(target, content, mine(id)), [200])
      const found = await contentOf(target)
      expectThat(isSame(found, content), `the ${content.length} bytes put`, `${found.length} bytes, not the same`)
    },
  }),
)

interface Refusal {
  readonly says: string
  readonly status: number
  readonly put: (world: World) => Promise<readonly [Target, Answer]>
}

const refusals: readonly Refusal[] = [
  {
    says: 'PutChunkedFile on a file that nobody holds and that is not empty is refused with 409.',
    status: 409,
    async put(world) {
      const target = await world.scratch('in place')
      return [target, await putWhole(target, changed)]
    },
  },
  {
    says: 'PutChunkedFile by a client that does not hold the file together with the others is refused with 409.',
    status: 409,
    async put(world) {
      const { target } = await heldTogether(world)
      return [target, await putWhole(target, changed, mine(world.newLock()))]
    },
  },
  {
    says: 'PutChunkedFile with the number of an earlier content is refused with 412.',
    status: 412,
    async put(world) {
      const { target, id } = await heldTogether(world)
      return [target, await putWhole(target, changed, { ...mine(id), sequenceNumber: 0 })]
    },
  },
  {
    says: 'PutChunkedFile with both kinds of lock is refused with 400.',
    status: 400,
    async put(world) {
      const { target, id } = await heldTogether(world)
      const headers = { 'X-WOPI-CoauthLockId': id, 'X-WOPI-Lock': world.newLock() }
      return [target, await putWhole(target, changed, { headers })]
    },
  },
  {
    says: 'PutChunkedFile that names a chunk that neither came nor was there is refused with 400.',
    status: 400,
    async put(world) {
      const { target, id } = await heldTogether(world)
      return [target, await putWhole(target, changed, { ...mine(id), frames: [] })]
    },
  },
  {
    says: 'PutChunkedFile with a chunk that is not what its hash says is refused with 400.',
    status: 400,
    async put(world) {
      const { target, id } = await heldTogether(world)
      return [
        target,
        await putWhole(target, changed, { ...mine(id), frames: [chunkFrame(bytesOf('chanced'), spookyHash(changed))] }),
      ]
    },
  },
  {
    says: 'PutChunkedFile whose signature says another length than the chunk has is refused with 400.',
    status: 400,
    async put(world) {
      const { target, id } = await heldTogether(world)
      const signature = await signed(changed)
      const ChunkSignatures = signature.ChunkSignatures.map((chunk) => ({ ...chunk, Length: chunk.Length + 1 }))
      return [target, await putWhole(target, changed, { ...mine(id), signatures: [{ ...signature, ChunkSignatures }] })]
    },
  },
]

const refused = refusals.map(
  ({ says, status, put: attempt }): Check => ({
    ...writes,
    says,
    async run(world) {
      const [target, answer] = await attempt(world)
      expectStatus(answer, [status])
      await expectText(target, 'in place')
    },
  }),
)

const streamed = async (target: Target, StreamId: string) =>
  signaturesIn(await framesIn(await ask(target, [filterOf({ StreamId })])))[StreamId]?.ChunkSignatures.length

const kept = { Name: 'openwopi-kept', Value: 'a', Retention: 'KeepOnContentChange' } as const
const dropped = { Name: 'openwopi-dropped', Value: 'b', Retention: 'DeleteOnContentChange' } as const

const propertiesOf = async (target: Target) =>
  propertiesIn(await framesIn(await ask(target, [filterOf({ ChunksToReturn: 'None' })], [kept.Name, dropped.Name])))
    .map(({ Name, Value }) => `${Name}=${Value}`)
    .sort()
    .join(', ')

/** A file with an alternate stream and two content properties, which a client still holds. */
async function furnished(world: World) {
  const held = await heldTogether(world)
  const alternate = bytesOf('alternate')
  const answer = await put(held.target, {
    signatures: [await signed(alternate, 'Alternate')],
    frames: [chunkFrame(alternate)],
    properties: [kept, dropped],
    ...mine(held.id),
  })
  expectStatus(answer, [200], 'to PutChunkedFile of a stream besides the content')
  return held
}

/** Files that are written in pieces. */
export const chunkedWrites: readonly Check[] = [
  ...stored,
  ...refused,
  {
    ...writes,
    says: 'Of a file of which one entry changed, only the chunks that changed have to come.',
    async run(world) {
      const { target, id } = await heldTogether(world, archive)
      const next = storedZip({ 'first.xml': bytesOf('<first/>'.repeat(40)), 'second.xml': bytesOf('<other/>') })
      const known = new Set((await chunksIn(archive)).map((chunk) => chunk.join()))
      const fresh = (await chunksIn(next)).filter((chunk) => !known.has(chunk.join()))
      const frames = fresh.map((chunk) => chunkFrame(chunk))
      expectStatus(await put(target, { signatures: [await signed(next)], frames, ...mine(id) }), [200])
      const found = await contentOf(target)
      expectThat(isSame(found, next), `the ${next.length} bytes of the new file`, `${found.length} bytes, not the same`)
    },
  },
  {
    ...writes,
    says: 'PutChunkedFile answers a greater number, and the version that CheckFileInfo says afterwards.',
    covers: ['putChunkedFile', 'checkFileInfo', 'getSequenceNumber'],
    async run(world) {
      const { target, id } = await heldTogether(world)
      const before = await numberOf(target)
      const { headers } = given(await putWhole(target, changed, mine(id)), 'PutChunkedFile')
      const after = Number(headers.get('X-WOPI-SequenceNumber'))
      expectThat(after > before, `a number above ${before}`, `${after}`)
      const { Version } = await fileInfoOf(target)
      expectThat(headers.get('X-WOPI-ItemVersion') === Version, `X-WOPI-ItemVersion ${shown(Version)}`, 'another')
    },
  },
  {
    ...writes,
    says: 'The 412 of PutChunkedFile says the present number.',
    async run(world) {
      const { target, id } = await heldTogether(world)
      const answer = await putWhole(target, changed, { ...mine(id), sequenceNumber: 0 })
      expectStatus(answer, [412])
      const [came, expected] = [answer.headers.get('X-WOPI-SequenceNumber'), String(await numberOf(target))]
      expectThat(came === expected, `X-WOPI-SequenceNumber ${expected}`, String(came))
    },
  },
  {
    ...writes,
    says: 'PutChunkedFile with the lock of one client that holds the file alone succeeds.',
    promised: ['SupportsCoauth', 'SupportsLocks'],
    async run(world) {
      const lock = world.newLock()
      const target = await locked(await world.scratch('in place'), lock)
      expectStatus(await putWhole(target, changed, { headers: { 'X-WOPI-Lock': lock } }), [200])
      await expectText(target, 'changed')
    },
  },
  {
    ...writes,
    says: 'PutChunkedFile with another lock than the one held is refused with 409, which names it.',
    promised: ['SupportsCoauth', 'SupportsLocks'],
    async run(world) {
      const lock = world.newLock()
      const target = await locked(await world.scratch('in place'), lock)
      const answer = await putWhole(target, changed, { headers: { 'X-WOPI-Lock': world.newLock() } })
      expectStatus(answer, [409])
      expectLock(answer, lock)
    },
  },
  {
    ...writes,
    says: 'PutChunkedFile on an empty file that nobody holds succeeds.',
    async run(world) {
      const target = await world.scratch('')
      expectStatus(await putWhole(target, changed), [200])
      await expectText(target, 'changed')
    },
  },
  {
    ...writes,
    says: 'A stream besides the content is stored and leaves the content as it is.',
    async run(world) {
      const { target } = await furnished(world)
      expectThat((await streamed(target, 'Alternate')) === 1, 'one chunk', 'none')
      await expectText(target, 'in place')
    },
  },
  {
    ...writes,
    says: 'Content properties come back to whoever asks for them by name.',
    async run(world) {
      const { target } = await furnished(world)
      const expected = `${dropped.Name}=${dropped.Value}, ${kept.Name}=${kept.Value}`
      expectThat((await propertiesOf(target)) === expected, expected, (await propertiesOf(target)) || 'none')
    },
  },
  {
    ...writes,
    says: 'PutFile takes away other streams and the properties that go with a change, and keeps the others.',
    covers: ['putFile', 'getChunkedFile'],
    async run(world) {
      const { target, id } = await furnished(world)
      given(await target.ask('unlockCoauthLock', { id }), 'UnlockCoauthLock')
      given(await save(world, target, 'saved'), 'PutFile')
      expectThat((await streamed(target, 'Alternate')) === 0, 'no such stream', 'the stream')
      const expected = `${kept.Name}=${kept.Value}`
      expectThat((await propertiesOf(target)) === expected, expected, (await propertiesOf(target)) || 'none')
    },
  },
  {
    ...writes,
    says: 'A stream put without chunks is gone.',
    async run(world) {
      const { target, id } = await furnished(world)
      const empty: StreamSignature = { StreamId: 'Alternate', ChunkingScheme: 'FullFile', ChunkSignatures: [] }
      expectStatus(await put(target, { signatures: [empty], ...mine(id) }), [200])
      expectThat((await streamed(target, 'Alternate')) === 0, 'no such stream', 'the stream')
    },
  },
  {
    ...writes,
    says: 'PutChunkedFile with the names of its editors is answered as it is without, unless its proof does not hold.',
    async run(world) {
      const { target, id } = await heldTogether(world)
      const headers = { 'X-WOPI-CoauthLockId': id, 'X-WOPI-Editors': String(world.info['UserId']) }
      expectStatus(await putWhole(target, changed, { headers }), world.keys ? [200] : [200, 400])
    },
  },
]
