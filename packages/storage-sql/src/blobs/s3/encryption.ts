import type { ServerSideEncryption } from './options.ts'

/** What a request that begins an object says of its encryption. */
export function whenStoring(encryption: ServerSideEncryption | undefined) {
  if (encryption?.by === 'store') return { ServerSideEncryption: 'AES256' as const }
  if (encryption?.by === 'kms')
    return {
      ServerSideEncryption: 'aws:kms' as const,
      ...(encryption.keyId !== undefined && { SSEKMSKeyId: encryption.keyId }),
      ...(encryption.useBucketKey !== undefined && { BucketKeyEnabled: encryption.useBucketKey }),
    }
  return withKey(encryption)
}

/** What every request that reads or adds bytes says: the key, where it is ours. */
export function withKey(encryption: ServerSideEncryption | undefined) {
  if (encryption?.by !== 'customer') return {}
  return { SSECustomerAlgorithm: 'AES256', SSECustomerKey: Buffer.from(encryption.key).toString('base64') }
}
