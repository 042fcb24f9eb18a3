import { BadAnswer, WopiUnreachable } from '@openwopi/client'
import { type FailureCode, WopiError } from '@openwopi/protocol'
import { CommandError } from './command-error.ts'
import { asSentence, printable } from './text.ts'

/** What each failure of a host means to a person, and what to do. */
const sentences: { readonly [C in FailureCode]: string } = {
  InvalidRequest: 'The host finds the request wrong.',
  InvalidName: 'The host does not accept the name.',
  InvalidContainerName: 'The host does not accept the name of the container.',
  InvalidToken:
    'The host does not accept the token: it has run out, or is for another file. "openwopi token FILE" makes a new one.',
  NotFound:
    'The host knows no such file, or the token does not allow this. Check the WOPISRC and how the token was made.',
  MethodNotAllowed: 'The host does not take this request at that address. Check the WOPISRC.',
  DocumentChanged: 'The file has changed at the host since it was read. Get it again first.',
  LockMismatch: 'The file is locked with another id.',
  CoauthConflict: 'Several people have the file open together.',
  NameTaken: 'The name is taken.',
  NotEmpty: 'The container is not empty.',
  TooLargeToSend: 'The file is larger than asked for.',
  TooLargeToStore: 'The file is larger than the host stores, or the disk of the host is full.',
  RangeNotSatisfiable: 'The file is shorter than asked for.',
  CellStorageFault: 'The host finds no message of cell storage in what was sent.',
  ServerError: 'The host failed. Its log says why.',
  NotImplemented: 'The host does not offer this.',
  SequenceMismatch: 'The file has been saved by someone else since. Get it again first.',
  UploadSessionGone: 'The host does not know this upload any more. Begin it anew.',
  ServerBusy: 'The host is busy. Try again in a while.',
}

/** What went wrong while a host was called, as something to print. */
export function explain(error: unknown): unknown {
  if (WopiError.is(error, 'LockMismatch')) return new CommandError(lockSentence(error), 1, { cause: error })
  if (error instanceof WopiError) return new CommandError(answered(error), 1, { cause: error })
  if (error instanceof WopiUnreachable) return said(error, 'Check the address, and that the host is running.')
  if (error instanceof BadAnswer) return said(error, 'Check that the WOPISRC is that of a WOPI host.')
  return error
}

const said = (error: Error, hint: string) =>
  new CommandError(`${asSentence(error.message)} ${hint}`, 1, { cause: error })

function answered(error: WopiError): string {
  const reason = 'reason' in error.details ? error.details.reason : undefined
  return `${sentences[error.code]} (status ${error.status}${reason ? `: ${printable(reason)}` : ''})`
}

function lockSentence({ details: { lock, reason } }: WopiError<'LockMismatch'>): string {
  if (lock === '') return 'The file is not locked, and the host wants it locked for this. "openwopi lock" locks it.'
  const why = reason ? ` (${printable(reason)})` : ''
  return `The file is locked with the id ${printable(lock)}${why}. Give it with --lock, or wait until it is unlocked.`
}
