import { type ContentFilter, readGetChunkedFileRequest } from '@openwopi/protocol/transfer'
import type { Implementation } from '../implementation.ts'
import { chunkFrames, type OutgoingPiece } from '../transfer/chunk-frames.ts'
import { type CutStream, cutStream } from '../transfer/cut-stream.ts'
import { asItStands, type FileState, type StreamSource } from '../transfer/file-state.ts'
import { readMessage } from '../transfer/read-request.ts'
import { type Transferring, transferring } from '../transfer/transferring.ts'

export const getChunkedFile: Implementation<'getChunkedFile'> = (ports) => {
  const transfer = transferring(ports)
  return (
    transfer &&
    (async ({ content: body }, { file }) => {
      const { ContentFilters, ContentPropertiesToReturn } = await readMessage(body, readGetChunkedFileRequest)
      const names = new Set(ContentPropertiesToReturn)
      return asItStands(transfer, file, async (state) => {
        const streams = await cutStreams(transfer, state, ContentFilters)
        const message = {
          ContentProperties: state.properties.filter(({ Name }) => names.has(Name)),
          Signatures: streams.map(signatureIn),
        }
        const content = await chunkFrames(message, wantedOf(streams))
        return content && { sequenceNumber: state.sequenceNumber, version: state.file.version, content }
      })
    })
  )
}

interface WantedStream extends CutStream {
  readonly filter: ContentFilter
  /** Absent: the file has no such stream. */
  readonly source?: StreamSource
}

async function cutStreams(
  transfer: Transferring,
  { streams }: FileState,
  filters: readonly ContentFilter[],
): Promise<WantedStream[]> {
  const cut: WantedStream[] = []
  for (const filter of filters) {
    const source = streams.get(filter.StreamId)
    cut.push(
      source ? { filter, source, ...(await cutStream(transfer, source)) } : { filter, scheme: 'Zip', chunks: [] },
    )
  }
  return cut
}

const signatureIn = ({ filter, scheme, chunks }: WantedStream) => ({
  StreamId: filter.StreamId,
  ChunkingScheme: scheme,
  ChunkSignatures: chunks.map(({ id, length }) => ({ ChunkId: id, Length: length })),
})

/** The chunks to send. One that occurs more than once is sent once. */
function wantedOf(streams: readonly WantedStream[]): OutgoingPiece[] {
  const sent = new Set<string>()
  return streams.flatMap(({ filter, source, scheme, chunks }) => {
    const known = new Set(filter.AlreadyKnownChunks)
    const last = scheme === 'Zip' ? chunks.slice(-1) : []
    const asked = { All: chunks, None: [], LastZipChunk: last }[filter.ChunksToReturn]
    return asked.flatMap(({ id, start, length }) => {
      if (!source || known.has(id) || sent.has(id)) return []
      sent.add(id)
      return { chunkId: id, source, start, length }
    })
  })
}
