import { WopiError } from '@openwopi/protocol'
import {
  type ChunkFrame,
  chunkId,
  type Frame,
  type PutChunkedFileRequest,
  readChunkFrames,
  readFrames,
  readPutChunkedFileRequest,
  verified,
} from '@openwopi/protocol/transfer'
import type { Content } from '../ports.ts'
import type { Aside, UploadOwner } from '../uploads.ts'
import type { Source } from './file-state.ts'
import { findUpload } from './find-upload.ts'
import type { Piece } from './pieces.ts'
import { readRequest } from './read-request.ts'
import type { Transferring } from './transferring.ts'

/** A chunked save as it was sent. */
export interface ArrivedSave {
  readonly message: PutChunkedFileRequest
  /** The chunks that came with it, and those of its upload session, by their ids. Each is what its id says. */
  readonly chunks: ReadonlyMap<string, Piece>
  discard(): Promise<void>
}

/** Takes in a chunked save: its message is kept in memory, and its chunks are put aside. */
export function takeIn(transfer: Transferring, content: Content, owner: UploadOwner): Promise<ArrivedSave> {
  return readRequest(async () => {
    const frames = readFrames(content)
    try {
      const first = await frames.next()
      if (first.done || first.value.type !== 'message') throw new SyntaxError('the body has no message')
      const message = readPutChunkedFileRequest(first.value.json)
      checkSizes(message, transfer.maxFileSize)
      const lengths = lengthsIn(message)
      const session = await sessionChunks(transfer, message, { owner, lengths })
      const { chunks, discard } = await putAside(transfer, frames, lengths)
      return { message, chunks: new Map([...session, ...chunks]), discard }
    } finally {
      await frames.return(undefined)
    }
  })
}

type Lengths = ReadonlyMap<string, number>

function checkSizes({ Signatures }: PutChunkedFileRequest, most: number): void {
  for (const { ChunkSignatures } of Signatures)
    if (ChunkSignatures.reduce((sum, { Length }) => sum + Length, 0) > most) throw new WopiError('TooLargeToStore', {})
}

const lengthsIn = ({ Signatures }: PutChunkedFileRequest): Lengths =>
  new Map(
    Signatures.flatMap(({ ChunkSignatures }) =>
      ChunkSignatures.map(({ ChunkId, Length }): [string, number] => [ChunkId, Length]),
    ),
  )

/** Whether a chunk is one that the save is made of. Throws a `SyntaxError` if it has not the length that is said there. */
function isNeeded(id: string, length: number, lengths: Lengths): boolean {
  const expected = lengths.get(id)
  if (expected !== undefined && expected !== length)
    throw new SyntaxError(`chunk ${id} has ${length} bytes, and its signature says ${expected}`)
  return expected !== undefined
}

interface Place {
  readonly start: number
  readonly length: number
}

/** Puts the chunks that a save needs aside, each once. */
async function putAside({ uploads }: Transferring, frames: AsyncIterable<Frame>, lengths: Lengths) {
  const places = new Map<string, Place>()
  let size = 0
  async function* needed(): Content {
    for await (const frame of frames) {
      if (frame.type === 'end') return
      if (frame.type !== 'chunk') throw new SyntaxError('a save is made of whole chunks')
      const id = chunkId(frame.hash)
      if (!isNeeded(id, frame.length, lengths) || places.has(id)) {
        await check(frame)
        continue
      }
      yield* verified(frame)
      places.set(id, { start: size, length: frame.length })
      size += frame.length
    }
  }
  const aside = await uploads.putAside(needed())
  return { chunks: piecesOf(aside, places), discard: () => aside.discard() }
}

/** The bytes that a frame has before its chunk. */
const frameHeader = 32

/** The chunks that an upload session has brought. They stay where they are. */
async function sessionChunks(
  { uploads }: Transferring,
  { UploadSessionTokenToCommit: token }: PutChunkedFileRequest,
  { owner, lengths }: { readonly owner: UploadOwner; readonly lengths: Lengths },
): Promise<Map<string, Piece>> {
  if (token === null) return new Map()
  const upload = await findUpload(uploads, token, owner)
  const places = new Map<string, Place>()
  let position = 0
  for await (const frame of readChunkFrames(upload.read(0, upload.size))) {
    const id = chunkId(frame.hash)
    const start = position + frameHeader
    position = start + frame.length
    const isNew = isNeeded(id, frame.length, lengths) && !places.has(id)
    await check(frame)
    if (isNew) places.set(id, { start, length: frame.length })
  }
  return piecesOf(upload, places)
}

/** Throws a `SyntaxError` unless a chunk is what its id says. */
async function check(frame: ChunkFrame): Promise<void> {
  for await (const _ of verified(frame));
}

function piecesOf(aside: Aside, places: ReadonlyMap<string, Place>): Map<string, Piece> {
  const source: Source = { open: async (start, end) => aside.read(start, end) }
  return new Map([...places].map(([id, place]) => [id, { source, ...place }]))
}
