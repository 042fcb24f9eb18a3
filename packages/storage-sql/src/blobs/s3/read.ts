import { Readable } from 'node:stream'
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { Content } from '@openwopi/host'
import type { Bucket } from './bucket.ts'
import { isMissing, StoreFailure } from './store-failure.ts'

interface Stretch {
  readonly start: number
  readonly end: number
}

/** Bytes that are on their way. */
interface Arriving extends Stretch {
  readonly body: Readable
}

/** How often in a row reading is taken up again where it broke off without anything having arrived. */
const patience = 3

/** A blob, or a stretch of it. `undefined`: there is none. */
export async function read(bucket: Bucket, key: string, range?: Stretch): Promise<Content | undefined> {
  if (range && range.end <= range.start) return (await isThere(bucket, key)) ? nothing() : undefined
  const first = await open(bucket, key, range)
  return first && takenUp(bucket, key, first)
}

async function* nothing(): Content {}

/** Asked by a list, in whose answers no object and no bucket are two things. */
async function isThere({ client, at, ask }: Bucket, key: string): Promise<boolean> {
  const { Bucket, Key } = at(key)
  const request = new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 })
  const { Contents = [] } = await ask('Looking for an object', client.send(request))
  return Contents.some((found) => found.Key === Key)
}

async function open({ client, at, withKey, ask }: Bucket, key: string, range?: Stretch): Promise<Arriving | undefined> {
  const request = new GetObjectCommand({
    ...at(key),
    ...withKey,
    ...(range && { Range: `bytes=${range.start}-${range.end - 1}` }),
  })
  try {
    const { Body, ContentLength } = await ask('Reading an object', client.send(request))
    if (!(Body instanceof Readable) || ContentLength === undefined)
      throw new Error('the store does not say how much it sends')
    // Whoever reads hears of an error; where nobody does yet, it is no reason to end the process.
    Body.on('error', () => undefined)
    const { start, end } = range ?? { start: 0, end: ContentLength }
    if (ContentLength === end - start) return { body: Body, start, end }
    Body.destroy()
    throw new RangeError(`object ${key} has only ${start + ContentLength} bytes`)
  } catch (error) {
    if (isMissing(error)) return undefined
    if (range && error instanceof StoreFailure && error.code === 'InvalidRange')
      throw new RangeError(`object ${key} has no byte ${range.start}`, { cause: error })
    throw error
  }
}

/** Reading that broke off goes on from the byte it had come to: a blob never changes. */
async function* takenUp(bucket: Bucket, key: string, first: Arriving): Content {
  const { end } = first
  let { body, start: at } = first
  for (let inVain = 0; ; inVain++) {
    try {
      for await (const piece of bytesOf(body)) {
        at += piece.byteLength
        inVain = 0
        yield piece
      }
    } catch (error) {
      if (at < end && inVain === patience) throw new StoreFailure(`Reading object ${key} from byte ${at} on`, error)
    } finally {
      body.destroy()
    }
    if (at >= end) break
    if (inVain === patience) throw new Error(`object ${key} ends after ${at} of ${end} bytes`)
    body = await openAgain(bucket, key, { start: at, end })
  }
  if (at > end) throw new Error(`object ${key} has more than the ${end} bytes it was to have`)
}

async function openAgain(bucket: Bucket, key: string, rest: Stretch): Promise<Readable> {
  const next = await open(bucket, key, rest)
  if (!next) throw new Error(`object ${key} was removed while it was read`)
  return next.body
}

const bytesOf = (body: Readable): AsyncIterable<Uint8Array> => body
