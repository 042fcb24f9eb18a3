import { createHash } from 'node:crypto'
import { ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import type { Blobs } from '../../src/blobs.ts'
import { type Fault, faultyWay, type Seen } from './faulty-way.ts'
import { newBucket, type ObjectStore, objectStores, openBlobs, startTime } from './object-stores.ts'

const megabyte = Buffer.alloc(1 << 20, 'The quick brown fox jumps over the lazy dog. ')

async function* content(megabytes: number) {
  for (let count = 0; count < megabytes; count++) yield megabyte
}

const sha256 = (megabytes: number) => {
  const hash = createHash('sha256')
  for (let count = 0; count < megabytes; count++) hash.update(megabyte)
  return hash.digest('base64')
}

/** A bucket behind a way on which things go wrong, and one look at what really lies in it. */
async function behindFaults(store: ObjectStore, decide: (seen: Seen) => Fault | undefined, isPatient = true) {
  const { client, where } = await newBucket(store)
  const way = await faultyWay(where.endpoint, decide)
  // A machine with much else to do may be slow without anything being wrong.
  const idleTimeout = isPatient ? 30_000 : 3000
  const blobs = openBlobs({ ...where, endpoint: way.endpoint, attempts: 3, idleTimeout })
  return { blobs, way, left: () => everythingIn(openBlobs(where), client, where.bucket) }
}

/** Keys of blobs and of uploads that were left unfinished. */
async function everythingIn(blobs: Blobs, client: S3Client, Bucket: string): Promise<readonly string[]> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }))
  const keys = Uploads.map(({ Key = '' }) => `unfinished ${Key}`)
  for await (const { key } of blobs.list()) keys.push(key)
  return keys
}

/** The first of each kind of request meets `fault`. */
function once(isMeant: (seen: Seen) => boolean, fault: Fault) {
  let isDone = false
  return (seen: Seen) => {
    if (isDone || !isMeant(seen)) return undefined
    isDone = true
    return fault
  }
}

const isPart = ({ method, url }: Seen) => method === 'PUT' && /partNumber=2/.test(url)
const isPut = ({ method, url }: Seen) => method === 'PUT' && !/partNumber/.test(url)
const isComplete = ({ method, url }: Seen) => method === 'POST' && /uploadId/.test(url)
const isGet = ({ method, url }: Seen) => method === 'GET' && !/list-type|uploads/.test(url)

async function hashOf(flowing: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of flowing ?? []) hash.update(piece)
  return hash.digest('base64')
}

const passing: readonly [string, (seen: Seen) => boolean, Fault, number][] = [
  ['breaks while a part is sent', isPart, 'breaks', 12],
  ['breaks while a small content is sent', isPut, 'breaks', 1],
  ['loses the answer to a part', isPart, 'answer is lost', 12],
  ['loses the answer to a small content', isPut, 'answer is lost', 1],
  ['loses the answer to the end of an upload', isComplete, 'answer is lost', 12],
  ['never answers a part', isPart, 'hangs', 12],
  ['is asked to slow down', isPart, { status: 503, code: 'SlowDown' }, 12],
  ['meets a failure of the store', isPut, { status: 500, code: 'InternalError' }, 1],
]

const lasting: readonly [string, (seen: Seen) => boolean, Fault, number, RegExp][] = [
  ['breaks', isPart, 'breaks', 12, /Storing a part in bucket .* failed/],
  ['hangs', isPut, 'hangs', 1, /Storing an object .* failed/],
  ['answers that it is busy', isPart, { status: 503, code: 'SlowDown' }, 12, /503 SlowDown, after 3 tries/],
  ['alters a part', isPart, 'body is altered', 12, /failed: the store answered 4/],
  ['alters a small content', isPut, 'body is altered', 1, /failed: the store answered 4/],
  ['will not end an upload', isComplete, { status: 500, code: 'InternalError' }, 12, /Completing an upload .* failed/],
]

for (const store of objectStores)
  describe(store, () => {
    const about = (name: string, run: () => Promise<void>) => test(name, { timeout: startTime }, run)

    for (const [what, isMeant, fault, megabytes] of passing)
      about(`A put that ${what} once is tried again, and is whole.`, async () => {
        const { blobs, left } = await behindFaults(store, once(isMeant, fault), fault !== 'hangs')
        const { key, size, sha256: hash } = await blobs.put(content(megabytes))
        expect([size, hash]).toEqual([megabytes << 20, sha256(megabytes)])
        expect(await hashOf(await blobs.get(key))).toBe(hash)
        expect(await left()).toEqual([key])
      })

    for (const [what, isMeant, fault, megabytes, says] of lasting)
      about(`Where the store ${what} for good, a put fails in the end, says why and leaves nothing.`, async () => {
        const { blobs, way, left } = await behindFaults(
          store,
          (seen) => (isMeant(seen) ? fault : undefined),
          fault !== 'hangs',
        )
        await expect(blobs.put(content(megabytes))).rejects.toThrow(says)
        expect(way.requests.filter(isMeant).length).toBeLessThanOrEqual(3)
        expect(await left()).toEqual([])
      })

    about(
      'An upload whose end was heeded and not answered is whole, though the store knows no such upload any more.',
      async () => {
        let ends = 0
        const { blobs, left } = await behindFaults(store, (seen) => {
          if (!isComplete(seen)) return undefined
          return ++ends === 1 ? 'answer is lost' : { status: 404, code: 'NoSuchUpload' }
        })
        const { key } = await blobs.put(content(12))
        expect(await hashOf(await blobs.get(key))).toBe(sha256(12))
        expect(await left()).toEqual([key])
      },
    )

    about('An upload that the store has lost is no content.', async () => {
      const { blobs, left } = await behindFaults(store, (seen) =>
        isComplete(seen) ? { status: 404, code: 'NoSuchUpload' } : undefined,
      )
      await expect(blobs.put(content(12))).rejects.toThrow('Looking at an object')
      expect(await left()).toEqual([])
    })

    about('Reading that breaks off goes on where it was.', async () => {
      let reads = 0
      const { blobs } = await behindFaults(store, (seen) =>
        isGet(seen) && ++reads < 4 ? { breaksOffAfter: 700_000 } : undefined,
      )
      const { key } = await blobs.put(content(3))
      expect(await hashOf(await blobs.get(key))).toBe(sha256(3))
      expect(reads).toBe(4)
    })

    about('Reading that gets nowhere fails, and what has come is the beginning of the content.', async () => {
      let reads = 0
      const { blobs } = await behindFaults(store, (seen) =>
        isGet(seen) ? { breaksOffAfter: ++reads === 1 ? 70_000 : 0 } : undefined,
      )
      const { key } = await blobs.put(content(3))
      const come: Uint8Array[] = []
      await expect(async () => {
        for await (const piece of (await blobs.get(key)) ?? []) come.push(piece)
      }).rejects.toThrow(/object .* (failed|ends after)/i)
      const all = Buffer.concat(come)
      expect(all.byteLength).toBe(70_000)
      expect(all.equals(megabyte.subarray(0, 70_000))).toBe(true)
    })

    about('A store whose tags are no hashes is believed once what it has taken was read back.', async () => {
      const { blobs, way } = await behindFaults(store, (seen) =>
        seen.method === 'PUT' && !isComplete(seen) ? 'tag is opaque' : undefined,
      )
      for (const count of [1, 1]) await blobs.put(content(count))
      expect(way.requests.filter(isGet)).toHaveLength(1)
    })

    about('A store that has taken something else is found out, and nothing is left of it.', async () => {
      const { blobs, left } = await behindFaults(store, (seen) =>
        isPut(seen) ? 'tag is opaque' : isGet(seen) ? 'answer is altered' : undefined,
      )
      await expect(blobs.put(content(1))).rejects.toThrow('damaged')
      expect(await left()).toEqual([])
    })

    about('Content that nobody reads is let go of.', async () => {
      const { blobs, way } = await behindFaults(store, () => undefined, false)
      const { key } = await blobs.put(content(12))
      expect(await blobs.get(key)).toBeDefined()
      await expect.poll(way.open, { timeout: 20_000 }).toBe(0)
      expect(await hashOf(await blobs.get(key))).toBe(sha256(12))
    })

    about('A bucket that is not there is a failure, not an absence.', async () => {
      const { where } = await newBucket(store)
      const blobs = openBlobs({ ...where, bucket: 'no-such-bucket', attempts: 1 })
      const key = '01234567-89ab-4def-8123-456789abcdef'
      const asks = [() => blobs.get(key), () => blobs.get(key, { start: 3, end: 3 }), () => blobs.put(content(1))]
      for (const ask of asks) await expect(ask()).rejects.toThrow(/NoSuchBucket.*Make the bucket/s)
    })

    about('Wrong credentials are told apart from everything else.', async () => {
      const { where } = await newBucket(store)
      const credentials = { ...where.credentials, secretAccessKey: 'wrong' }
      const blobs = openBlobs({ ...where, credentials })
      await expect(blobs.put(content(1))).rejects.toThrow(/SignatureDoesNotMatch|AccessDenied/)
    })
  })
