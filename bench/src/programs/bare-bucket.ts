import type { IncomingMessage, ServerResponse } from 'node:http'
import { S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { options, serve } from './serve.ts'

// The baseline of saves to a bucket: what the client library itself does with a stream.
const { bucket, ...where } = options.bucket
const client = new S3Client({ ...where, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' })
let count = 0

async function store(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await new Upload({ client, params: { Bucket: bucket, Key: `bare-${count++}`, Body: request } }).done()
  response.writeHead(200).end()
}

await serve((request, response) => void store(request, response))
