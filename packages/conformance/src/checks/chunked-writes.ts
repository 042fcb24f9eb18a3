import type { Check } from '../check.ts'
import { chunkFrame, chunksIn, signed } from '../chunks.ts'
import { expectLock, expectStatus, expectThat, given } from '../findings.ts'
import { storedZip } from '../stored-zip.ts'
import { shown } from '../words.ts'
import { bytesOf, contentOf, isSame, locked } from '../world.ts'
import { archive } from './chunked-reads.ts'
import { chunkedRefusals } from './chunked-refusals.ts'
import { contentStreams } from './content-streams.ts'
import { fileInfoOf } from './named-in.ts'
import { expectText, heldTogether, mine, numberOf, put, putWhole, writes } from './put-in-chunks.ts'

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

/** Files that are written in pieces. */
export const chunkedWrites: readonly Check[] = [
  ...stored,
  ...chunkedRefusals,
  ...contentStreams,
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
    says: 'PutChunkedFile with the names of its editors is answered as it is without, unless its proof does not hold.',
    async run(world) {
      const { target, id } = await heldTogether(world)
      const headers = { 'X-WOPI-CoauthLockId': id, 'X-WOPI-Editors': String(world.info['UserId']) }
      expectStatus(await putWhole(target, changed, { headers }), world.keys ? [200] : [200, 400])
    },
  },
]
