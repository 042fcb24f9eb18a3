export type { S3BlobsOptions, ServerSideEncryption } from './blobs/s3/options.ts'
export { s3Blobs } from './blobs/s3/s3-blobs.ts'
export { StoreFailure } from './blobs/s3/store-failure.ts'
