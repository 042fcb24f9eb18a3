import { Refusal } from './refusal.ts'

/** What the person is told of an error. Of one that nobody foresaw: nothing but that it happened. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [status, message] = known[code] ?? unforeseen
  return new Refusal(status, message, { cause: error })
}

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
