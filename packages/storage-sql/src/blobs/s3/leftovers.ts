import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type MultipartUpload,
} from '@aws-sdk/client-s3'
import { isKey } from '../key.ts'
import type { Bucket } from './bucket.ts'

/** Ends uploads of blobs that nothing has been added to since `before`, in milliseconds since the epoch. */
export async function removeLeftovers(bucket: Bucket, before: number): Promise<void> {
  for await (const upload of unfinished(bucket)) {
    if (!isKey(upload.Key?.slice(bucket.prefix.length) ?? '')) continue
    if ((await lastAddedTo(bucket, upload)) >= before) continue
    const { Bucket } = bucket.at('')
    const request = new AbortMultipartUploadCommand({ Bucket, Key: upload.Key, UploadId: upload.UploadId })
    await bucket.ask('Ending an unfinished upload', bucket.client.send(request))
  }
}

async function* unfinished({ client, at, prefix, ask }: Bucket): AsyncGenerator<MultipartUpload> {
  const { Bucket } = at('')
  let from: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {}
  for (;;) {
    const request = new ListMultipartUploadsCommand({ Bucket, Prefix: prefix, ...from })
    const { Uploads = [], ...page } = await ask('Listing unfinished uploads', client.send(request))
    yield* Uploads
    if (!page.IsTruncated) return
    from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
  }
}

/** A long upload may have begun long ago and still go on. */
async function lastAddedTo(
  { client, at, ask }: Bucket,
  { Key, UploadId, Initiated }: MultipartUpload,
): Promise<number> {
  const { Bucket } = at('')
  let last = Initiated?.getTime() ?? Number.POSITIVE_INFINITY
  let PartNumberMarker: string | undefined
  do {
    const request = new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker })
    const page = await ask('Listing the parts of an unfinished upload', client.send(request))
    for (const { LastModified } of page.Parts ?? []) last = Math.max(last, LastModified?.getTime() ?? 0)
    PartNumberMarker = page.IsTruncated ? page.NextPartNumberMarker : undefined
  } while (PartNumberMarker !== undefined)
  return last
}
