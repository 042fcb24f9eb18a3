import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { DamagedContent } from '../measured.ts'
import type { PartBuffers } from './in-parts.ts'
import { isTagOf, type Putting, type Uploaded } from './putting.ts'
import { StoreFailure } from './store-failure.ts'

/** Content of more than one part. */
interface Parts {
  /** The parts that have been asked for already. */
  readonly begun: readonly Buffer[]
  readonly parts: AsyncIterable<Buffer>
  readonly buffers: PartBuffers
}

/** A part as the store has it. */
interface SentPart {
  readonly PartNumber: number
  readonly ETag: string | undefined
  readonly size: number
  readonly isProven: boolean
}

/** Parts that one put sends at once, and that all of them do before each may send only one. */
const atOnce = { byOne: 2, byAll: 16 }

/** Stores content part by part; an upload that fails is taken back. */
export async function putMultipart(putting: Putting, key: string, parts: Parts): Promise<Uploaded> {
  const { bucket } = putting
  const begin = new CreateMultipartUploadCommand({ ...bucket.at(key), ...bucket.whenStoring })
  const { UploadId } = await bucket.ask('Beginning an upload', bucket.client.send(begin))
  const upload = { ...bucket.at(key), UploadId }
  try {
    const sent = await sendAll(putting, upload, parts)
    await complete(putting, upload, sent)
    await checkSize(
      putting,
      key,
      sent.reduce((sum, { size }) => sum + size, 0),
    )
    return { isProven: putting.tagsAreOpaque || sent.every(({ isProven }) => isProven) }
  } catch (error) {
    // What cannot be taken back now is found among the uploads that were left unfinished.
    await bucket.client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined)
    throw error
  }
}

type Upload = { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined }

async function sendAll(
  putting: Putting,
  upload: Upload,
  { begun, parts, buffers }: Parts,
): Promise<readonly SentPart[]> {
  const sent: SentPart[] = []
  const sending = new Set<Promise<void>>()
  const start = (part: Buffer, number: number) => {
    const done = send(putting, upload, { part, number }).then((taken) => {
      sending.delete(done)
      buffers.giveBack(part)
      sent[number - 1] = taken
    })
    sending.add(done)
    // That it failed is seen where the next part waits for its turn.
    done.catch(() => undefined)
  }
  try {
    let number = 0
    for await (const part of following(begun, parts)) {
      while (sending.size >= (putting.inFlight < atOnce.byAll ? atOnce.byOne : 1)) await Promise.race(sending)
      start(part, ++number)
    }
    await Promise.all(sending)
  } finally {
    // A part that arrives after the upload was taken back would be left behind.
    await Promise.allSettled(sending)
  }
  return sent
}

async function* following<T>(first: Iterable<T>, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first
  yield* rest
}

async function send(
  putting: Putting,
  upload: Upload,
  { part, number }: { readonly part: Buffer; readonly number: number },
): Promise<SentPart> {
  const { bucket } = putting
  const md5 = createHash('md5').update(part).digest()
  const request = new UploadPartCommand({
    ...upload,
    ...bucket.withKey,
    PartNumber: number,
    Body: part,
    ContentLength: part.byteLength,
    ContentMD5: md5.toString('base64'),
  })
  putting.inFlight++
  try {
    const { ETag } = await bucket.ask('Storing a part', bucket.client.send(request))
    return { PartNumber: number, ETag, size: part.byteLength, isProven: isTagOf(ETag, md5) }
  } finally {
    putting.inFlight--
  }
}

async function complete({ bucket }: Putting, upload: Upload, sent: readonly SentPart[]): Promise<void> {
  const Parts = sent.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }))
  const request = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })
  try {
    await bucket.ask('Completing an upload', bucket.client.send(request))
  } catch (error) {
    // A first try whose answer was lost has completed it; then the object is there, which is looked at next.
    if (!(error instanceof StoreFailure && error.code === 'NoSuchUpload')) throw error
  }
}

/** Throws unless the store says that the object has this size. */
async function checkSize({ bucket }: Putting, key: string, size: number): Promise<void> {
  const request = new HeadObjectCommand({ ...bucket.at(key), ...bucket.withKey })
  const { ContentLength } = await bucket.ask('Looking at an object', bucket.client.send(request))
  if (ContentLength !== size) throw new DamagedContent('What the store has just taken')
}
