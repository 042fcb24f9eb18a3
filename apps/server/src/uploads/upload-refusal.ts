import { Refusal } from '../http/refusal.ts'
import { refusalOf } from '../http/refusal-of.ts'
import { causeOf } from '../log-event.ts'
import type { Site } from '../site.ts'

/** How the tus library says that a request fails. */
export interface TusFailure {
  readonly status_code: number
  readonly body: string
}

/** A failure of the upload as the pages understand it, whatever it was. */
export async function uploadRefusal(error: unknown, site: Pick<Site, 'log' | 'config'>): Promise<TusFailure> {
  if (isTusFailure(error) && error.body.startsWith('{')) return error
  const refusal = await asRefusal(error, site)
  return { status_code: refusal.status, body: JSON.stringify(refusal.problem) }
}

const isTusFailure = (error: unknown): error is TusFailure =>
  typeof error === 'object' &&
  error !== null &&
  'status_code' in error &&
  'body' in error &&
  typeof error.body === 'string'

const sentences: Readonly<Record<number, string>> = {
  400: 'The upload is not understood.',
  403: 'The upload is not understood.',
  404: 'There is no such upload.',
  409: 'The upload went on elsewhere. Try again.',
  410: 'The upload was begun too long ago. Begin it again.',
  413: 'The file is larger than this server takes.',
}

async function asRefusal(error: unknown, { log, config }: Pick<Site, 'log' | 'config'>): Promise<Refusal> {
  const sentence = isTusFailure(error) ? sentences[error.status_code] : undefined
  if (isTusFailure(error) && sentence !== undefined) return new Refusal(error.status_code, sentence)
  const refusal = await refusalOf(isTusFailure(error) ? undefined : error, config.dataFolder)
  if (refusal.status >= 500)
    log({
      level: 'error',
      event: 'upload failed',
      status: refusal.status,
      ...causeOf(isTusFailure(error) ? error.body : error),
    })
  return refusal
}
