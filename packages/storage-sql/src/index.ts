export type { Blobs, ListedBlob, PutOptions, StoredBlob } from './blobs.ts'
export { memoryBlobs } from './memory-blobs.ts'
