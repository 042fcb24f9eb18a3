import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { ListedBlob } from '../../blobs.ts'
import { isKey } from '../key.ts'
import type { Bucket } from './bucket.ts'

/** The blobs in a bucket. What lies there under other names is none of ours. */
export async function* list({ client, at, prefix, ask }: Bucket, after: string): AsyncGenerator<ListedBlob> {
  const { Bucket } = at('')
  let StartAfter = prefix + after
  for (;;) {
    const request = new ListObjectsV2Command({ Bucket, Prefix: prefix, StartAfter })
    const { Contents = [], IsTruncated } = await ask('Listing objects', client.send(request))
    for (const { Key = '', Size = 0, LastModified } of Contents) {
      const key = Key.slice(prefix.length)
      if (isKey(key)) yield { key, size: Size, putAt: LastModified?.getTime() ?? 0 }
    }
    const last = Contents.at(-1)?.Key
    if (!IsTruncated || last === undefined) return
    StartAfter = last
  }
}
