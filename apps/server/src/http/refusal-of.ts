import { WopiError } from '@openwopi/protocol'
import { isOfDatabase } from '../stored/storage-away.ts'
import { Refusal } from './refusal.ts'

/** What the person is told of an error. Of one that nobody foresaw: nothing but that it happened. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (WopiError.is(error, 'ServerBusy') || isOfDatabase(error)) return away(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [status, message] = known[code] ?? unforeseen
  return new Refusal(status, message, { cause: error })
}

const away = (cause: unknown): Refusal =>
  new Refusal(503, 'The storage of this server cannot be reached just now. Try again in a moment.', {
    cause,
    headers: { 'Retry-After': '5' },
  })

const full = [507, 'The disk of the server is full. Nothing was changed. Make room and try again.'] as const

/** By the code of the error, as the system or the database gives it. */
const known: Readonly<Record<string, readonly [status: number, message: string]>> = {
  EDQUOT: full,
  EFBIG: [413, 'The disk of the server takes no file as large as this.'],
  ENOSPC: full,
  SQLITE_FULL: full,
}

const unforeseen = [
  500,
  'Something went wrong on the server. Nothing was changed as far as is known. Try again.',
] as const
