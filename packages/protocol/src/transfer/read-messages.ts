import { hashOfChunkId } from './chunk-id.ts'
import {
  checkDistinct,
  isAbsent,
  listOf,
  type Member,
  member,
  oneOf,
  optionalListOf,
  shortText,
  text,
  whole,
  wrong,
} from './members.ts'
import type {
  ChunkRange,
  ChunkRangeFilter,
  ChunkSignature,
  ContentFilter,
  ContentProperty,
  GetChunkedFileRequest,
  GetChunkedFileResponse,
  GetChunksRequest,
  GetChunksResponse,
  PutChunkedFileRequest,
  StreamSignature,
} from './messages.ts'

/** The most content properties that a file has, and the most streams besides its main content. */
export const mostProperties = 256

const longestName = 256
const longestValue = 1024
const schemes = ['Zip', 'FullFile'] as const
const retentions = ['DeleteOnContentChange', 'KeepOnContentChange'] as const
const returned = ['All', 'None', 'LastZipChunk'] as const

const streamId = (of: Member) => shortText(member(of, 'StreamId'), longestName)
const scheme = (of: Member) => oneOf(member(of, 'ChunkingScheme'), schemes)

function contentProperty(of: Member): ContentProperty {
  const value = member(of, 'Value')
  if (new TextEncoder().encode(text(value)).length > longestValue) throw wrong(value, 'is longer than 1 KiB')
  const retention = member(of, 'Retention')
  // The documentation of the data model calls the same member by a longer name.
  const said = isAbsent(retention) ? member(of, 'ContentPropertyRetention') : retention
  return {
    Name: shortText(member(of, 'Name'), longestName),
    Value: text(value),
    Retention: oneOf(isAbsent(said) ? retention : said, retentions),
  }
}

function contentProperties(of: Member): ContentProperty[] {
  const properties = optionalListOf(of, contentProperty)
  if (properties.length > mostProperties) throw wrong(of, `has more than ${mostProperties} items`)
  checkDistinct(
    of,
    'Name',
    properties.map(({ Name }) => Name),
  )
  return properties
}

function chunkSignature(of: Member): ChunkSignature {
  const id = member(of, 'ChunkId')
  if (!hashOfChunkId(text(id))) throw wrong(id, 'is not the base64 of 16 bytes')
  return { ChunkId: text(id), Length: whole(member(of, 'Length')) }
}

function streamSignature(of: Member): StreamSignature {
  const chunks = member(of, 'ChunkSignatures')
  const signatures = listOf(chunks, chunkSignature)
  if (!Number.isSafeInteger(signatures.reduce((sum, { Length }) => sum + Length, 0))) {
    throw wrong(chunks, 'add up to more than any stream is long')
  }
  return { StreamId: streamId(of), ChunkingScheme: scheme(of), ChunkSignatures: signatures }
}

/** Reads a list of which each item is about another stream. */
function byStream<T extends { readonly StreamId: string }>(of: Member, read: (item: Member) => T): T[] {
  const items = listOf(of, read)
  if (items.length > mostProperties + 1) throw wrong(of, `has more than ${mostProperties + 1} items`)
  checkDistinct(
    of,
    'StreamId',
    items.map(({ StreamId }) => StreamId),
  )
  return items
}

function atLeastOne<T>(of: Member, items: readonly T[]): readonly T[] {
  if (items.length === 0) throw wrong(of, 'is empty')
  return items
}

function signatures(of: Member): StreamSignature[] {
  const found = byStream(of, streamSignature)
  const lengths = new Map<string, number>()
  for (const { ChunkId, Length } of found.flatMap(({ ChunkSignatures }) => ChunkSignatures)) {
    if ((lengths.get(ChunkId) ?? Length) !== Length) throw wrong(of, `gives two lengths for chunk ${ChunkId}`)
    lengths.set(ChunkId, Length)
  }
  return found
}

const contentFilter = (of: Member): ContentFilter => ({
  StreamId: streamId(of),
  ChunkingScheme: scheme(of),
  ChunksToReturn: oneOf(member(of, 'ChunksToReturn'), returned),
  AlreadyKnownChunks: optionalListOf(member(of, 'AlreadyKnownChunks'), text),
})

const chunkRange = (of: Member): ChunkRange => ({
  ChunkId: text(member(of, 'ChunkId')),
  Offset: whole(member(of, 'Offset')),
  Length: whole(member(of, 'Length'), -1),
})

const rangeFilter = (of: Member): ChunkRangeFilter => ({
  StreamId: streamId(of),
  ChunkingScheme: scheme(of),
  ChunkRangesToReturn: listOf(member(of, 'ChunkRangesToReturn'), chunkRange),
})

/** The message of a request for GetChunkedFile. Throws a `SyntaxError` that names the member at fault. */
export function readGetChunkedFileRequest(json: unknown): GetChunkedFileRequest {
  const message = { value: json }
  const filters = member(message, 'ContentFilters')
  return {
    ContentPropertiesToReturn: listOf(member(message, 'ContentPropertiesToReturn'), text),
    ContentFilters: atLeastOne(filters, byStream(filters, contentFilter)),
  }
}

/** The message of a response to GetChunkedFile. Throws a `SyntaxError` that names the member at fault. */
export function readGetChunkedFileResponse(json: unknown): GetChunkedFileResponse {
  const message = { value: json }
  return {
    ContentProperties: contentProperties(member(message, 'ContentProperties')),
    Signatures: signatures(member(message, 'Signatures')),
  }
}

/** The message of a request for PutChunkedFile. Throws a `SyntaxError` that names the member at fault. */
export function readPutChunkedFileRequest(json: unknown): PutChunkedFileRequest {
  const message = { value: json }
  const token = member(message, 'UploadSessionTokenToCommit')
  return {
    ContentProperties: contentProperties(member(message, 'ContentProperties')),
    Signatures: signatures(member(message, 'Signatures')),
    UploadSessionTokenToCommit: isAbsent(token) || token.value === '' ? null : text(token),
  }
}

/** The message of a request for GetChunks. Throws a `SyntaxError` that names the member at fault. */
export function readGetChunksRequest(json: unknown): GetChunksRequest {
  const filters = member({ value: json }, 'ContentFilters')
  return { ContentFilters: atLeastOne(filters, byStream(filters, rangeFilter)) }
}

/** The message of a response to GetChunks. Throws a `SyntaxError` that names the member at fault. */
export function readGetChunksResponse(json: unknown): GetChunksResponse {
  const read = (of: Member) => ({ StreamId: streamId(of), ChunkIds: listOf(member(of, 'ChunkIds'), text) })
  return { ChunkRangeCollection: byStream(member({ value: json }, 'ChunkRangeCollection'), read) }
}
