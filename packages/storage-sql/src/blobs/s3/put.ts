import { createHash } from 'node:crypto'
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { Content } from '@openwopi/host'
import { DamagedContent, measured } from '../measured.ts'
import type { Bucket } from './bucket.ts'
import { inParts, partBuffers } from './in-parts.ts'
import { putMultipart } from './multipart.ts'
import { isTagOf, type Putting, type Uploaded } from './putting.ts'
import { read } from './read.ts'

/** The most parts an object has. */
const mostParts = 10_000

/** Stores content under `key`, and makes sure of it. Nothing stays of it if it breaks off. */
export async function put(putting: Putting, key: string, content: Content, size?: number) {
  const passing = measured(content, size)
  try {
    const uploaded = await upload(putting, key, passing.content, size)
    const stored = { key, size: passing.size(), sha256: passing.sha256() }
    if (!uploaded.isProven) await readBack(putting, stored)
    return stored
  } catch (error) {
    await takeBack(putting.bucket, key)
    throw error
  }
}

async function upload(putting: Putting, key: string, content: Content, size = 0): Promise<Uploaded> {
  const partSize = Math.max(putting.partSize, Math.ceil(size / mostParts))
  const buffers = partBuffers(size === 0 || size >= partSize ? partSize : size)
  const parts = inParts(content, buffers)
  try {
    const first = await parts.next()
    const second = await parts.next()
    if (first.done) throw new Error('there is always a first part')
    if (second.done) return await putWhole(putting, key, first.value)
    return await putMultipart(putting, key, { begun: [first.value, second.value], parts, buffers })
  } finally {
    // Whoever sends the content learns that nobody reads on.
    await parts.return(undefined)
  }
}

async function putWhole(putting: Putting, key: string, body: Buffer): Promise<Uploaded> {
  const { bucket } = putting
  const md5 = createHash('md5').update(body).digest()
  const request = new PutObjectCommand({
    ...bucket.at(key),
    ...bucket.whenStoring,
    Body: body,
    ContentLength: body.byteLength,
    ContentMD5: md5.toString('base64'),
  })
  const { ETag } = await bucket.ask('Storing an object', bucket.client.send(request))
  return { isProven: putting.tagsAreOpaque || isTagOf(ETag, md5) }
}

/** Reads what was stored where the store's word is not enough: its tags may be something else, or its bytes may be. */
async function readBack(putting: Putting, stored: { key: string; size: number; sha256: string }): Promise<void> {
  const content = await read(putting.bucket, stored.key)
  const back = content && measured(content, stored.size)
  if (back) for await (const _ of back.content);
  if (back?.sha256() !== stored.sha256) throw new DamagedContent('What the store has just taken')
  putting.tagsAreOpaque = true
}

/** A request whose answer was lost may have been heeded. What cannot be taken back now is unreferenced, and swept later. */
async function takeBack({ client, at }: Bucket, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand(at(key))).catch(() => undefined)
}
