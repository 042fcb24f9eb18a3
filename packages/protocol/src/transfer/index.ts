export { chunkId, hashOfChunkId } from './chunk-id.ts'
export { type Chunk, type Chunking, type ChunkingScheme, chunksOf } from './chunking.ts'
export { type SignedChunking, signedChunksOf } from './cut-and-sign.ts'
export type { ChunkFrame, EndFrame, Frame, MessageFrame, RangeFrame } from './frames.ts'
export {
  type ChunkRange,
  type ChunkRangeFilter,
  type ChunkSignature,
  type ChunksToReturn,
  type ContentFilter,
  type ContentProperty,
  type GetChunkedFileRequest,
  type GetChunkedFileResponse,
  type GetChunksRequest,
  type GetChunksResponse,
  mainContent,
  type PutChunkedFileRequest,
  type Retention,
  type StreamSignature,
} from './messages.ts'
export { inMemory, type RandomAccess } from './random-access.ts'
export { type FrameLimits, readChunkFrames, readFrames } from './read-frames.ts'
export {
  mostProperties,
  readGetChunkedFileRequest,
  readGetChunkedFileResponse,
  readGetChunksRequest,
  readGetChunksResponse,
  readPutChunkedFileRequest,
} from './read-messages.ts'
export { signatureOf } from './signature.ts'
export { createSpookyHash, type SpookyHash, spookyHash } from './spooky-hash.ts'
export { verified } from './verified.ts'
export { chunkHeader, type FrameShape, sizeOfFrames, writeFrames } from './write-frames.ts'
export type { ZipLimits } from './zip-cuts.ts'
