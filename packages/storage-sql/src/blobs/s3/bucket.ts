import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { whenStoring, withKey } from './encryption.ts'
import type { S3BlobsOptions } from './options.ts'
import { StoreFailure } from './store-failure.ts'

/** A bucket with all that requests to it have in common. */
export interface Bucket {
  readonly client: S3Client
  /** What every name in it begins with: nothing, or something that ends in a slash. */
  readonly prefix: string
  /** Which object this is. */
  at(key: string): { readonly Bucket: string; readonly Key: string }
  /** Of its encryption, when an object is begun. */
  readonly whenStoring: ReturnType<typeof whenStoring>
  /** Of its encryption, when bytes are added or read. */
  readonly withKey: ReturnType<typeof withKey>
  /** Sends one request, tried as often as the options say. Throws a `StoreFailure` that tells which and why. */
  ask<T>(what: string, sent: Promise<T>): Promise<T>
  /** Ends the requests under way, which fail, and closes its connections. */
  close(): void
}

/** Connects to a bucket; nothing is sent yet. */
export function openBucket(options: S3BlobsOptions): Bucket {
  const { bucket, prefix = '', endpoint, encryption } = options
  if (encryption?.by === 'customer' && encryption.key.byteLength !== 32)
    throw new RangeError(`the key of SSE-C has ${encryption.key.byteLength} bytes; it must have 32`)
  const begin = prefix === '' ? '' : `${prefix.replace(/^\/+|\/+$/g, '')}/`
  const client = new S3Client(configOf(options))
  signWithoutBody(client)
  const end = endable(client)
  return {
    client,
    prefix: begin,
    at: (key) => ({ Bucket: bucket, Key: begin + key }),
    whenStoring: whenStoring(encryption),
    withKey: withKey(encryption),
    async ask(what, sent) {
      try {
        return await sent
      } catch (error) {
        throw new StoreFailure(`${what} in bucket ${bucket}${endpoint === undefined ? '' : ` at ${endpoint}`}`, error)
      }
    },
    close() {
      end()
      client.destroy()
    },
  }
}

/** Checksums in trailers are what many stores besides Amazon's do not take; contents are checked here without them. */
function configOf({
  endpoint,
  region,
  credentials,
  usePathStyle,
  attempts = 5,
  idleTimeout = 30_000,
}: S3BlobsOptions): S3ClientConfig {
  return {
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined ? { region } : endpoint !== undefined && { region: 'us-east-1' }),
    ...(credentials && { credentials }),
    forcePathStyle: usePathStyle ?? endpoint !== undefined,
    maxAttempts: attempts,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: Math.min(10_000, idleTimeout), socketTimeout: idleTimeout },
  }
}

/**
 * Bodies go with an MD5, which is signed and which every store checks; to hash them a second time for the signature would
 * tell nobody more.
 */
function signWithoutBody({ middlewareStack }: S3Client): void {
  middlewareStack.add(
    (next) => (sent) => {
      const { request } = sent
      if (hasHeaders(request) && 'content-md5' in request.headers)
        request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'
      return next(sent)
    },
    { step: 'build', priority: 'low', name: 'signWithoutBody' },
  )
}

/** Has every request fail from then on, and those under way, without another try. */
function endable({ middlewareStack }: S3Client): () => void {
  const underWay = new Set<(reason: Error) => void>()
  let isEnded = false
  const ended = () => new Error('the connection to the store has been closed')
  middlewareStack.add(
    (next) => (sent) => {
      if (isEnded) return Promise.reject(ended())
      return new Promise((resolve, reject) => {
        underWay.add(reject)
        next(sent)
          .then(resolve, reject)
          .finally(() => underWay.delete(reject))
      })
    },
    // Each try by itself: what is tried again passes here once more.
    { step: 'finalizeRequest', priority: 'low', name: 'endable' },
  )
  return () => {
    isEnded = true
    for (const reject of [...underWay]) reject(ended())
  }
}

const hasHeaders = (request: unknown): request is { readonly headers: Record<string, string> } =>
  typeof request === 'object' && request !== null && 'headers' in request
