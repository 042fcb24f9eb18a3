import {
  altered,
  answersWith,
  type Next,
  overrideOf,
  plain,
  rewrites,
  tellsOf,
  withBody,
  withHeaders,
} from './break.ts'
import { type Fault, fault } from './fault.ts'

const is = (override: string) => (request: Request) => overrideOf(request) === override
const tableVersion = 'X-WOPI-CoauthTableVersion'
const timeout = 'X-WOPI-CoauthLockExpirationTimeout'
const metadata = 'X-WOPI-CoauthLockMetadata'

const answered =
  (isMeant: (request: Request, response: Response) => boolean, change: Parameters<typeof altered>[1]) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    return isMeant(request, response) ? altered(response, change) : response
  }

/** Forgets who holds the file together, so that whoever comes may lock it. */
const locksAnyway =
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    const isShared = response.status === 409 && !response.headers.get('X-WOPI-Lock')
    return is('LOCK')(request) && request.headers.get('X-WOPI-Lock') && isShared ? plain(200) : response
  }

/** What hosts with co-authoring get wrong. */
export const coauthFaults: readonly Fault[] = [
  fault(
    'has another table each time a lock is renewed',
    'RefreshCoauthLock that changes nothing but the time leaves the version of the table.',
    (next) => {
      let count = 0
      return answered(is('REFRESH_COAUTH_LOCK'), { headers: { [tableVersion]: `version ${++count}` } })(next)
    },
  ),
  fault(
    'takes metadata from the header where there is some in the body',
    'Of metadata in the header and the body of GetCoauthLock, the body counts.',
    rewrites((request) => {
      const isBoth = request.headers.get(metadata) === 'h' && is('GET_COAUTH_LOCK')(request)
      return isBoth ? withBody(request, new Uint8Array()) : request
    }),
  ),
  fault(
    'locks for one client what others hold together',
    'Lock on a file that clients hold together is refused with 409, which names no lock.',
    locksAnyway,
  ),
  fault(
    'takes any time for a co-authoring lock',
    'GetCoauthLock for 59 seconds is refused with 400.',
    rewrites((request) =>
      is('GET_COAUTH_LOCK')(request) && Number(request.headers.get(timeout)) > 0
        ? withHeaders(request, {
            [timeout]: String(Math.min(3600, Math.max(60, Number(request.headers.get(timeout))))),
          })
        : request,
    ),
  ),
  fault(
    'tells a client the table that it has already',
    'GetCoauthTable for the version that the client has answers that version and no table.',
    rewrites((request) =>
      is('GET_COAUTH_TABLE')(request) ? withHeaders(request, { [tableVersion]: undefined }) : request,
    ),
  ),
  fault(
    'lets two clients hold a file exclusively',
    'One client at a time holds a file exclusively: a second is refused with 409.',
    (next) => async (request) => {
      const response = await next(request)
      const isSecond = is('GET_COAUTH_LOCK')(request) && response.status === 409
      const isExclusive = request.headers.get('X-WOPI-CoauthLockType') === 'CoauthExclusive'
      return isSecond && isExclusive ? plain(200, '{"CoauthTable":[]}') : response
    },
  ),
  fault(
    'says the time in seconds',
    'ServerTime is the time at the host, in milliseconds since the epoch.',
    tellsOf((info) => ({ ...info, ServerTime: Math.floor(Number(info['ServerTime']) / 1000) })),
  ),
  fault(
    'answers 409 to a chunked save that comes too late',
    'PutChunkedFile with the number of an earlier content is refused with 412.',
    (next) => async (request) => {
      const response = await next(request)
      return is('PUT_CHUNKED_FILE')(request) && response.status === 412 ? plain(409) : response
    },
  ),
  fault(
    'does not say the present number with its 412',
    'The 412 of PutChunkedFile says the present number.',
    answered((request, { status }) => is('PUT_CHUNKED_FILE')(request) && status === 412, {
      headers: { 'X-WOPI-SequenceNumber': undefined },
    }),
  ),
  fault(
    'takes pieces of an upload wherever they belong',
    'UpdateUploadSession that does not go on where the last one ended is refused with 400.',
    (next) => async (request) => {
      const response = await next(request)
      const isElsewhere = request.headers.get('X-WOPI-ContentRangeOffset') === '5' && response.status === 400
      return is('UPDATE_UPLOAD_SESSION')(request) && isElsewhere ? plain(200) : response
    },
  ),
  fault(
    'never notices that a document has changed',
    'A save that comes with another time in X-COOL-WOPI-Timestamp is refused with 409 and COOLStatusCode 1010, and the file stays as it is.',
    rewrites((request) =>
      withHeaders(request, { 'X-COOL-WOPI-Timestamp': undefined, 'X-LOOL-WOPI-Timestamp': undefined }),
    ),
  ),
  fault(
    'refuses what comes with the type of a form',
    'Lock, RefreshLock and Unlock without a body but with the type of a form are understood.',
    answersWith(
      ({ headers }) => headers.get('Content-Type') === 'application/x-www-form-urlencoded',
      () => plain(415),
    ),
  ),
]
