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
export function uploadRefusal(error: unknown, site: Pick<Site, 'log'>): TusFailure {
  if (isTusFailure(error) && error.body.startsWith('{')) return error
  const refusal = asRefusal(error, site)
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

function asRefusal(error: unknown, { log }: Pick<Site, 'log'>): Refusal {
  const sentence = isTusFailure(error) ? sentences[error.status_code] : undefined
  if (isTusFailure(error) && sentence !== undefined) return new Refusal(error.status_code, sentence)
  const refusal = refusalOf(error)
  if (refusal.status >= 500)
    log({
      level: 'error',
      event: 'upload failed',
      status: refusal.status,
      ...causeOf(isTusFailure(error) ? error.body : error),
    })
  return refusal.status === 507 ? new Refusal(507, `${refusal.message} The upload then starts over.`) : refusal
}

/** Whether the upload cannot go on, as there is no room for it: what has arrived only takes up what is left for others. */
export const hasNoRoom = ({ status_code }: TusFailure): boolean => status_code === 507 || status_code === 413
