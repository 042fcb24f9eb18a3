export { blobsContract } from './blobs.ts'
