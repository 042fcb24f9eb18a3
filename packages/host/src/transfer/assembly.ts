import { chunkId, mainContent, mostProperties, spookyHash } from '@openwopi/protocol/transfer'
import type { Content } from '../ports.ts'
import type { KnownChunk } from '../signatures.ts'
import type { CarriedChange } from '../streams.ts'
import type { ArrivedSave } from './arrived-chunks.ts'
import { chunksIn, cutStream } from './cut-stream.ts'
import { type FileState, MovedOn, type StreamSource } from './file-state.ts'
import { joined, type Piece } from './pieces.ts'
import { badRequest } from './read-request.ts'
import type { Transferring } from './transferring.ts'

/** What a chunked save makes of a file. */
export interface Assembly {
  readonly content: Content
  readonly carries: CarriedChange
}

/** Puts a save together out of what has arrived and what is there. Throws if that is not all. */
export async function assemble(
  transfer: Transferring,
  state: FileState,
  { message, chunks: arrived }: ArrivedSave,
): Promise<Assembly> {
  const present = presentChunks(transfer, state)
  const contents = new Map<string, Content | undefined>()
  for (const signature of message.Signatures) {
    const pieces: Piece[] = []
    for (const chunk of chunksIn(signature))
      if (!isNothing(chunk)) pieces.push(fitting(arrived.get(chunk.id) ?? (await present.find(chunk.id)), chunk))
    contents.set(signature.StreamId, signature.ChunkSignatures.length > 0 ? joined(pieces) : undefined)
  }
  checkCounts(state, message.ContentProperties, contents)
  const streams = [...contents].filter(([id]) => id !== mainContent)
  return {
    content: contents.has(mainContent) ? (contents.get(mainContent) ?? nothing()) : unchanged(state),
    carries: {
      properties: message.ContentProperties,
      streams: streams.map(([id, content]) => (content ? { id, content } : { id })),
    },
  }
}

async function* nothing(): Content {}

const idOfNothing = chunkId(spookyHash(new Uint8Array()))

/** An empty stream may be said to consist of one chunk that is empty. */
const isNothing = ({ id, length }: KnownChunk): boolean => length === 0 && id === idOfNothing

function fitting(piece: Piece | undefined, { id, length }: KnownChunk): Piece {
  if (!piece) throw badRequest(`chunk ${id} has not been sent, and the file does not have it`)
  if (piece.length !== length)
    throw badRequest(`chunk ${id} has ${piece.length} bytes, and its signature says ${length}`)
  return piece
}

async function* unchanged({ streams, file }: FileState): Content {
  const content = await streams.get(mainContent)?.open(0, file.size)
  if (!content) throw new MovedOn()
  yield* content
}

/**
 * The chunks that a file consists of. Its streams are looked at only as long as none of them has what is wanted, and
 * are cut only where no save has said what they consist of.
 */
function presentChunks(transfer: Transferring, { streams }: FileState) {
  const found = new Map<string, Piece>()
  const add = (source: StreamSource, chunks: readonly KnownChunk[]) => {
    for (const { id, start, length } of chunks) if (!found.has(id)) found.set(id, { source, start, length })
  }
  const remembered = async (source: StreamSource) => {
    const known = await transfer.signatures.find(source.key)
    add(source, [...(known?.sent ?? []), ...(known?.signature?.chunks ?? [])])
  }
  const cut = async (source: StreamSource) => add(source, (await cutStream(transfer, source)).chunks)
  const sources = mainFirst(streams)
  const looks = [remembered, cut].flatMap((look) => sources.map((source) => () => look(source)))
  return {
    async find(id: string): Promise<Piece | undefined> {
      while (!found.has(id)) {
        const look = looks.shift()
        if (!look) return undefined
        await look()
      }
      return found.get(id)
    },
  }
}

const mainFirst = (streams: FileState['streams']): StreamSource[] => {
  const main = streams.get(mainContent)
  return [...(main ? [main] : []), ...[...streams.values()].filter((stream) => stream !== main)]
}

/** A file carries so many streams and properties and no more. */
function checkCounts(
  { streams, properties }: FileState,
  set: CarriedChange['properties'],
  contents: ReadonlyMap<string, Content | undefined>,
): void {
  const names = new Set([...properties, ...set].map(({ Name }) => Name))
  const ids = new Set([...streams.keys(), ...contents.keys()].filter((id) => !contents.has(id) || contents.get(id)))
  ids.delete(mainContent)
  if (names.size > mostProperties) throw badRequest(`a file has at most ${mostProperties} content properties`)
  if (ids.size > mostProperties)
    throw badRequest(`a file has at most ${mostProperties} streams besides its main content`)
}
