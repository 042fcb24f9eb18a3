export { type FolderBlobsOptions, folderBlobs } from './blobs/folder-blobs.ts'
export { DamagedContent, SizeMismatch, verified } from './blobs/measured.ts'
export type { Blobs, ListedBlob, PutOptions, StoredBlob } from './blobs.ts'
export { memoryBlobs } from './memory-blobs.ts'
