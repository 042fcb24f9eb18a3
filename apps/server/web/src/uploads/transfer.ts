import type { HttpRequest, Upload as TusUpload } from 'tus-js-client'
import { base } from '../api/base.ts'
import { ownHeader, problemOf } from '../api/request.ts'
import { fingerprintOf } from './unfinished.ts'
import type { Upload, UploadState } from './upload.ts'

/** How a transfer ended, where it did not end well. */
export type Refusal = { readonly is: 'offline' } | Extract<UploadState, { is: 'taken' | 'failed' }>

/** What to do as a transfer goes on. */
export interface TransferEvents {
  readonly onProgress: (sent: number) => void
  readonly onDone: (fileId: string | undefined) => void
  readonly onRefused: (refusal: Refusal) => void
}

/** A transfer that has been started. */
export interface Transfer {
  /** Stops; what has arrived stays on the server. */
  pause(): void
  /** Stops, and has the server forget what has arrived. */
  cancel(): void
}

// Short gaps are bridged without a word; a longer one is the caller's to wait out.
const retryDelays = [200, 1_000, 3_000]

/** Sends a file by tus, from where an earlier attempt has stopped. */
export const startTransfer = async (upload: Upload, events: TransferEvents): Promise<Transfer> => {
  // The library is loaded by the first upload, not by the first visit.
  const { DetailedError, Upload: Tus } = await import('tus-js-client')
  const { file, folderId, name, overwrite } = upload
  let fileId: string | undefined
  const transfer = new Tus(file, {
    endpoint: `${base}/api/uploads`,
    headers: ownHeader,
    metadata: { folder: folderId, name, ...(overwrite && { overwrite: 'true' }) },
    retryDelays,
    removeFingerprintOnSuccess: true,
    fingerprint: async () => fingerprintOf(upload),
    onShouldRetry: ({ originalResponse }) => originalResponse === null || mayPass(statusOf(originalResponse)),
    onAfterResponse: (_request: HttpRequest, response) => {
      fileId = response.getHeader('X-OpenWOPI-File') ?? fileId
    },
    onProgress: (sent) => events.onProgress(sent),
    onSuccess: () => events.onDone(fileId),
    onError: (error) => events.onRefused(error instanceof DetailedError ? refusalOf(error) : { is: 'offline' }),
  })
  await resumeFrom(transfer)
  transfer.start()
  return { pause: () => void transfer.abort(), cancel: () => void transfer.abort(true).catch(() => undefined) }
}

const resumeFrom = async (transfer: TusUpload): Promise<void> => {
  const [previous] = await transfer.findPreviousUploads()
  if (previous) transfer.resumeFromPreviousUpload(previous)
}

type Response = { getStatus(): number; getBody(): string } | null | undefined

const statusOf = (response: Response): number => response?.getStatus() ?? 0

// A disk that is full is so until somebody makes room; the server has then dropped what had arrived.
const diskFull = 507
const mayPass = (status: number): boolean => status >= 500 && status !== diskFull

// Signed out meanwhile, locked by another request, too many at once.
const passing = new Set([401, 423, 429])

const refusalOf = (error: { readonly originalResponse: Response }): Refusal => {
  const status = statusOf(error.originalResponse)
  if (status === 0) return { is: 'offline' }
  const { message, suggestion } = problemOf(error.originalResponse?.getBody() ?? '')
  if (status === 409 && suggestion !== undefined) return { is: 'taken', suggestion }
  return { is: 'failed', message, canRetry: status >= 500 || passing.has(status) }
}
