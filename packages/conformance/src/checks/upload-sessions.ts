import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { chunkBytes, chunksIn, signed } from '../chunks.ts'
import { expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import { contentOf, isSame, type World } from '../world.ts'
import { archive } from './chunked-reads.ts'
import { heldTogether, put } from './put-in-chunks.ts'

const sends = {
  group: 'transfer',
  covers: ['createUploadSession', 'updateUploadSession'],
  promised: ['SupportsCoauth', 'SupportsResumableFileTransfer'],
  needs: ['own'],
  spec: `${docs.plus}/file-transfer/upload-bytes-session`,
} as const

async function begun(target: Target): Promise<string> {
  const answer = given(await target.ask('createUploadSession'), 'CreateUploadSession')
  return String(jsonOf(answer)?.['UploadSessionToken'])
}

interface Piece {
  readonly offset: number
  readonly content: Uint8Array
  /** What is said of its length; default: the truth. */
  readonly length?: number
}

const send = (target: Target, session: string, { offset, content, length = content.length }: Piece) =>
  target.ask('updateUploadSession', { session, offset, length, content })

const half = Math.floor(archive.length / 2)

/** A file held together, and a session in which all chunks of another content have come in two pieces. */
async function uploaded(world: World) {
  const { target, id } = await heldTogether(world)
  const [session, bytes] = [await begun(target), await chunkBytes(...(await chunksIn(archive)))]
  given(await send(target, session, { offset: 0, content: bytes.slice(0, half) }), 'UpdateUploadSession')
  given(await send(target, session, { offset: half, content: bytes.slice(half) }), 'UpdateUploadSession')
  return { target, id, session }
}

const commit = async ({ target, id, session }: Awaited<ReturnType<typeof uploaded>>, sequenceNumber?: number) =>
  put(target, {
    signatures: [await signed(archive)],
    session,
    headers: { 'X-WOPI-CoauthLockId': id },
    ...(sequenceNumber !== undefined && { sequenceNumber }),
  })

/** Uploads that may be interrupted. */
export const uploadSessions: readonly Check[] = [
  {
    ...sends,
    says: 'CreateUploadSession answers a token, and another one each time.',
    async run(world) {
      const target = await world.scratch()
      const tokens = [await begun(target), await begun(target)]
      expectThat(new Set(tokens).size === 2 && !tokens.includes(''), 'two tokens', shown(tokens))
    },
  },
  {
    ...sends,
    says: 'UpdateUploadSession says how much has come in all.',
    async run(world) {
      const target = await world.scratch()
      const session = await begun(target)
      const offsets = []
      for (const offset of [0, 10]) {
        const answer = await send(target, session, { offset, content: new Uint8Array(10) })
        expectStatus(answer, [200])
        offsets.push(answer.headers.get('X-WOPI-UploadSessionCurrentOffset'))
      }
      expectThat(offsets.join() === '10,20', 'X-WOPI-UploadSessionCurrentOffset 10, then 20', offsets.join(', '))
    },
  },
  {
    ...sends,
    says: 'What an upload session brought in pieces becomes the content when PutChunkedFile commits it.',
    covers: ['updateUploadSession', 'putChunkedFile', 'getFile'],
    async run(world) {
      const held = await uploaded(world)
      expectStatus(await commit(held), [200])
      const found = await contentOf(held.target)
      expectThat(isSame(found, archive), `the ${archive.length} bytes sent`, `${found.length} bytes, not the same`)
    },
  },
  {
    ...sends,
    says: 'An upload session that was committed is gone: what comes later is refused with 410.',
    covers: ['updateUploadSession', 'putChunkedFile'],
    async run(world) {
      const held = await uploaded(world)
      given(await commit(held), 'PutChunkedFile')
      expectStatus(await send(held.target, held.session, { offset: 0, content: new Uint8Array(1) }), [410])
    },
  },
  {
    ...sends,
    says: 'An upload session outlives a PutChunkedFile that was refused with 412.',
    covers: ['updateUploadSession', 'putChunkedFile'],
    async run(world) {
      const held = await uploaded(world)
      expectStatus(await commit(held, 0), [412])
      expectStatus(await commit(held), [200], 'to the same with the present number')
    },
  },
  {
    ...sends,
    says: 'UpdateUploadSession with a token that nobody was given is refused with 410.',
    async run(world) {
      const piece = { offset: 0, content: new Uint8Array(1) }
      expectStatus(await send(await world.scratch(), 'openwopi-check-no-such-session', piece), [410])
    },
  },
  {
    ...sends,
    says: 'UpdateUploadSession that does not go on where the last one ended is refused with 400.',
    async run(world) {
      const target = await world.scratch()
      const session = await begun(target)
      given(await send(target, session, { offset: 0, content: new Uint8Array(10) }), 'UpdateUploadSession')
      expectStatus(await send(target, session, { offset: 5, content: new Uint8Array(10) }), [400])
    },
  },
  {
    ...sends,
    says: 'UpdateUploadSession whose body is not as long as it says is refused with 400.',
    async run(world) {
      const target = await world.scratch()
      const piece = { offset: 0, content: new Uint8Array(10), length: 11 }
      expectStatus(await send(target, await begun(target), piece), [400])
    },
  },
]
