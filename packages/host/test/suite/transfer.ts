import assert from 'node:assert/strict'
import {
  type ChunkRange,
  type ChunksToReturn,
  type ContentProperty,
  chunkId,
  chunksOf,
  type Frame,
  inMemory,
  readFrames,
  readGetChunkedFileResponse,
  readGetChunksResponse,
  type StreamSignature,
  signatureOf,
  spookyHash,
  writeFrames,
} from '@openwopi/protocol/transfer'
import type { StoredFile } from '../../src/index.ts'
import { bytesOf, type World } from './world.ts'

export type Bytes = Uint8Array<ArrayBuffer>

/** All bytes of a content. */
export async function gather(content: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece.slice())
  return new Uint8Array(Buffer.concat(pieces))
}

export const idOf = (bytes: Uint8Array) => chunkId(spookyHash(bytes))

/** A zip archive that stores these entries as they are. */
export function zipOf(entries: Readonly<Record<string, string>>): Bytes {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(entries)) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt32LE(Buffer.byteLength(text), 18)
    local.writeUInt32LE(Buffer.byteLength(text), 22)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt32LE(Buffer.byteLength(text), 20)
    central.writeUInt32LE(Buffer.byteLength(text), 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), Buffer.from(text))
    directory.push(central, Buffer.from(name))
    at += 30 + name.length + Buffer.byteLength(text)
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(entries).length, 8)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  )
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]))
}

/** What a stream of these bytes is made of. */
export async function signed(StreamId: string, bytes: Uint8Array): Promise<StreamSignature> {
  const stream = inMemory(bytes)
  const { scheme, chunks } = await chunksOf(stream)
  return { StreamId, ChunkingScheme: scheme, ChunkSignatures: await signatureOf(stream, chunks) }
}

/** The chunks of a stream of these bytes. */
export async function chunksIn(bytes: Uint8Array): Promise<Uint8Array[]> {
  const { chunks } = await chunksOf(inMemory(bytes))
  return chunks.map(({ start, length }) => bytes.subarray(start, start + length))
}

export const chunkFrame = (bytes: Uint8Array, hash = spookyHash(bytes)): Frame => ({
  type: 'chunk',
  hash,
  length: bytes.length,
  content: inMemory(bytes).read(0, bytes.length),
})

export const messageFrame = (json: unknown): Frame => ({ type: 'message', json })

export const framed = (...frames: Frame[]): Promise<Bytes> => gather(writeFrames(frames))
export const body = (...frames: Frame[]): Promise<Bytes> => framed(...frames, { type: 'end' })

interface Received {
  readonly answer: Response
  readonly json: unknown
  readonly frames: readonly {
    readonly id: string
    readonly bytes: Bytes
    readonly offset?: number
    readonly isEnd?: boolean
  }[]
}

/** Reads an answer that is made of frames. */
async function received(answer: Response): Promise<Received> {
  assert.equal(answer.status, 200, answer.headers.get('X-WOPI-FailureReason') ?? '')
  assert.ok(answer.body)
  const frames: Received['frames'][number][] = []
  let json: unknown
  for await (const frame of readFrames(answer.body)) {
    if (frame.type === 'message') json = frame.json
    if (frame.type === 'chunk') frames.push({ id: chunkId(frame.hash), bytes: await gather(frame.content) })
    if (frame.type === 'range') {
      const { hash, offset, isEnd, content } = frame
      frames.push({ id: chunkId(hash), bytes: await gather(content), offset, isEnd })
    }
  }
  return { answer, json, frames }
}

interface Wanted {
  readonly id?: string
  readonly scheme?: 'Zip' | 'FullFile'
  readonly return?: ChunksToReturn
  readonly known?: readonly string[]
}

export const filter = ({ id = 'MainContent', scheme = 'Zip', return: all = 'All', known = [] }: Wanted = {}) => ({
  StreamId: id,
  ChunkingScheme: scheme,
  ChunksToReturn: all,
  AlreadyKnownChunks: known,
})

export const sendTransfer = (
  world: World,
  file: StoredFile,
  sent: {
    readonly override: string
    readonly body?: Bytes
    readonly headers?: Record<string, string>
    readonly token?: string
  },
) => world.send(file, { ...(sent.override === 'PUT_CHUNKED_FILE' && { path: '/contents' as const }), ...sent })

/** GetChunkedFile. */
export async function getChunked(
  world: World,
  file: StoredFile,
  wanted: readonly Wanted[] = [{}],
  properties: readonly string[] = [],
) {
  const message = { ContentPropertiesToReturn: properties, ContentFilters: wanted.map(filter) }
  const answer = await sendTransfer(world, file, {
    override: 'GET_CHUNKED_FILE',
    body: await body(messageFrame(message)),
    token: world.token(file, { can: ['read'] }),
  })
  const { json, frames } = await received(answer)
  return { answer, ...readGetChunkedFileResponse(json), frames }
}

/** A stream as GetChunkedFile gives it, put together. */
export async function streamOf(world: World, file: StoredFile, id = 'MainContent'): Promise<string> {
  const { Signatures, frames } = await getChunked(world, file, [{ id }])
  const chunks = new Map(frames.map((frame) => [frame.id, frame.bytes]))
  const ids = Signatures[0]?.ChunkSignatures.map(({ ChunkId }) => ChunkId) ?? []
  return Buffer.concat(ids.map((each) => chunks.get(each) ?? assert.fail(`${each} is missing`))).toString()
}

/** GetChunks. */
export async function getRanges(world: World, file: StoredFile, ranges: readonly ChunkRange[], id = 'MainContent') {
  const message = { ContentFilters: [{ StreamId: id, ChunkingScheme: 'Zip', ChunkRangesToReturn: ranges }] }
  const { answer, json, frames } = await received(
    await sendTransfer(world, file, { override: 'GET_CHUNKS', body: await body(messageFrame(message)) }),
  )
  return { answer, ...readGetChunksResponse(json), frames }
}

export interface Put {
  readonly sequence?: number
  readonly lock?: string
  readonly coauth?: string
  readonly headers?: Record<string, string>
  readonly signatures?: readonly unknown[]
  readonly properties?: readonly ContentProperty[]
  readonly session?: string | null
  readonly chunks?: readonly Uint8Array[]
  readonly body?: Bytes
  readonly token?: string
}

/** PutChunkedFile. */
export async function putChunked(world: World, file: StoredFile, put: Put): Promise<Response> {
  const { signatures = [], properties = [], session = null, chunks = [] } = put
  const message = { ContentProperties: properties, Signatures: signatures, UploadSessionTokenToCommit: session }
  const sequence = put.sequence ?? (await world.found(file)).sequenceNumber
  return sendTransfer(world, file, {
    override: 'PUT_CHUNKED_FILE',
    headers: {
      'X-WOPI-SequenceNumber': String(sequence),
      ...(put.lock !== undefined && { 'X-WOPI-Lock': put.lock }),
      ...(put.coauth !== undefined && { 'X-WOPI-CoauthLockId': put.coauth }),
      ...put.headers,
    },
    body: put.body ?? (await body(messageFrame(message), ...chunks.map((chunk) => chunkFrame(chunk)))),
    ...(put.token !== undefined && { token: put.token }),
  })
}

/** Makes streams what is said here, sending every chunk. */
export async function putStreams(
  world: World,
  file: StoredFile,
  streams: Readonly<Record<string, Uint8Array | string>>,
  put: Put = {},
) {
  const contents = Object.entries(streams).map(([id, is]) => ({ id, bytes: typeof is === 'string' ? bytesOf(is) : is }))
  const signatures = await Promise.all(contents.map(({ id, bytes }) => signed(id, bytes)))
  const chunks = (await Promise.all(contents.map(({ bytes }) => chunksIn(bytes)))).flat()
  return putChunked(world, file, { ...put, signatures, chunks })
}

export const coauthLock = (world: World, file: StoredFile, id: string, type = 'Coauth', seconds = 600) =>
  world.send(file, {
    override: 'GET_COAUTH_LOCK',
    headers: {
      'X-WOPI-CoauthLockId': id,
      'X-WOPI-CoauthLockType': type,
      'X-WOPI-CoauthLockExpirationTimeout': String(seconds),
    },
  })

/** A file that a client has open with others. */
export async function openTogether(
  world: World,
  name: string,
  content: Uint8Array | string = 'one',
): Promise<StoredFile> {
  const file = await world.make(name, '')
  if (content.length > 0) assert.equal((await putStreams(world, file, { MainContent: content })).status, 200)
  await coauthLock(world, file, 'A')
  return world.found(file)
}
