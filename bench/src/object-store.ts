import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'

/** A bucket of an object store that runs on this machine. */
export interface Bucket {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly bucket: string
}

/** Starts an object store, runs a measure on a new bucket of it, and ends it. */
export async function withBucket<T>(run: (bucket: Bucket) => Promise<T>): Promise<T> {
  const child = fork(join(import.meta.dirname, '../../scripts/object-store.js'), { execArgv: [] })
  try {
    const [store] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('no object store could be started')
      }),
    ])
    const where: Bucket = { ...store, bucket: `bench-${randomUUID()}` }
    const client = new S3Client({ ...where, forcePathStyle: true })
    await client.send(new CreateBucketCommand({ Bucket: where.bucket }))
    client.destroy()
    return await run(where)
  } finally {
    const ended = once(child, 'exit')
    if (child.connected) {
      child.disconnect()
      await ended
    }
  }
}
