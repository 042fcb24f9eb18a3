import { filePropertyEntries } from '@openwopi/protocol'
import {
  altered,
  answersWith,
  type Break,
  isContents,
  isInfo,
  type Next,
  overrideOf,
  plain,
  rewrites,
  tellsOf,
  withHeaders,
  withUrl,
} from './break.ts'

const idOf = (request: Request): string => decodeURIComponent(/\/files\/([^/?]+)/.exec(request.url)?.[1] ?? '')
const promises = /^Support/

const unpromised = (does: string, isMeant: (name: string) => boolean): Break => ({
  does,
  groups: ['offers'],
  make: tellsOf((info) => Object.fromEntries(Object.entries(info).filter(([name]) => !isMeant(name)))),
})

const lacking = (...overrides: string[]): Break => ({
  does: `promises ${overrides.join(', ')} and has none of it`,
  groups: ['offers'],
  make: answersWith(
    (request) => overrides.includes(overrideOf(request)),
    () => plain(501),
  ),
})

const wanted = ['LOCK', 'REFRESH_LOCK', 'UNLOCK', 'RELOCK', 'RENAME_FILE']

const promisesAll = tellsOf((info) => ({
  ...info,
  ...Object.fromEntries(
    filePropertyEntries
      .filter(([name, { kind }]) => promises.test(name) && kind === 'bool')
      .map(([name]) => [name, true]),
  ),
  SupportedShareUrlTypes: ['ReadOnly', 'ReadWrite'],
}))

/** Answers 200 where it should refuse with one of some statuses. */
const agreesOn =
  (...statuses: number[]) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    return statuses.includes(response.status) ? plain(200, '{}') : response
  }

const agrees = agreesOn(400, 401, 404, 501)

const upperCaseAlone = answersWith(
  ({ headers }) => /[a-z]/.test(headers.get('X-WOPI-Override') ?? ''),
  () => plain(501),
)

export const requestBreaks: readonly Break[] = [
  { does: 'promises everything', groups: ['offers', 'tokens'], make: promisesAll },
  { does: 'agrees to every token', groups: ['tokens'], make: agreesOn(401, 501) },
  { does: 'agrees to everything', groups: ['offers', 'tokens'], make: agrees },
  {
    does: 'promises everything and agrees to everything',
    groups: ['overrides'],
    make: (next) => promisesAll(agrees(next)),
  },
  {
    does: 'promises everything and knows it in upper case alone',
    groups: ['overrides'],
    make: (next) => promisesAll(upperCaseAlone(next)),
  },
  {
    does: 'takes any token',
    groups: ['tokens', 'names'],
    make: (next, host) => (request) => {
      const url = `${request.url.replace(/\?.*/, '')}?access_token=${encodeURIComponent(host.token(idOf(request)))}`
      return next(withUrl(request, url))
    },
  },
  {
    does: 'answers for files that do not exist',
    groups: ['tokens'],
    make: answersWith(
      (request) => idOf(request).includes('no-such-file'),
      () => plain(200, '{}'),
    ),
  },
  {
    does: 'repeats a token that it refuses',
    groups: ['tokens'],
    make: (next) => async (request) => {
      const response = await next(request)
      return response.status === 401 ? altered(response, { body: `bad: ${request.url}` }) : response
    },
  },
  {
    does: 'redirects to the contents',
    groups: ['tokens'],
    make: answersWith(isContents, () => new Response(null, { status: 307, headers: { Location: '/elsewhere' } })),
  },
  {
    does: 'refuses parameters that it does not know',
    groups: ['tokens'],
    make: answersWith(
      ({ url }) => url.includes('openwopi=check'),
      () => plain(400),
    ),
  },
  {
    does: 'refuses a token in the header',
    groups: ['tokens'],
    make: answersWith(
      ({ headers }) => headers.has('Authorization'),
      () => plain(401),
    ),
  },
  {
    does: 'takes the first of two tokens',
    groups: ['tokens'],
    make: rewrites((request) => withUrl(request, request.url.replace(/&access_token=.*/, ''))),
  },
  {
    does: 'has tokens of 2,000 characters',
    groups: ['tokens'],
    options: (options) => ({ ...options, accessToken: options.accessToken + '.'.repeat(2000) }),
    make: rewrites((request) => withUrl(request, request.url.replace(/\.{2000}/, ''))),
  },
  {
    does: 'does not mind what is missing',
    groups: ['overrides'],
    make: answersWith(
      (request) =>
        wanted.includes(overrideOf(request)) &&
        !request.headers.get('X-WOPI-Lock') &&
        !request.headers.get('X-WOPI-RequestedName'),
      () => plain(409),
    ),
  },
  {
    does: 'knows overrides in upper case alone',
    groups: ['overrides'],
    make: answersWith(
      ({ headers }) => /[a-z]/.test(headers.get('X-WOPI-Override') ?? ''),
      () => plain(501),
    ),
  },
  {
    does: 'answers 200 to what it does not know',
    groups: ['overrides'],
    make: (next) => async (request) => {
      const response = await next(request)
      return [404, 405, 501, 401].includes(response.status) ? plain(200) : response
    },
  },
  unpromised('promises nothing of what it does', (name) => promises.test(name)),
  unpromised('promises neither to rename nor to delete', (name) =>
    /^Supports(Rename|DeleteFile|Containers|Folders)$/.test(name),
  ),
  lacking('LOCK', 'RELOCK', 'REFRESH_LOCK', 'UNLOCK', 'GET_LOCK', 'PUT', 'RENAME_FILE', 'PUT_USER_INFO'),
  {
    does: 'promises everything and has nothing but files',
    groups: ['offers'],
    make: answersWith(
      (request) =>
        /\/(ancestry|ecosystem_pointer)\?/.test(request.url) ||
        !['', 'PUT_RELATIVE', 'DELETE', 'UNLOCK'].includes(overrideOf(request)),
      () => plain(501),
    ),
  },
  lacking('DELETE'),
  lacking('PUT_RELATIVE'),
  {
    does: 'forgets what it is told of a user',
    groups: ['user-info'],
    make: answersWith(
      (request) => overrideOf(request) === 'PUT_USER_INFO',
      () => plain(200),
    ),
  },
  {
    does: 'deletes nothing',
    groups: ['delete'],
    make: answersWith(
      (request) => overrideOf(request) === 'DELETE',
      () => plain(200),
    ),
  },
  {
    does: 'fails to delete',
    groups: ['delete'],
    make: answersWith(
      (request) => overrideOf(request) === 'DELETE',
      () => plain(500),
    ),
  },
  {
    does: 'lets every page read it',
    groups: ['check-file-info'],
    make: (next) => async (request) => {
      const response = await next(request)
      return altered(response, { headers: { 'Access-Control-Allow-Origin': '*' } })
    },
  },
  {
    does: 'refuses session contexts',
    groups: ['check-file-info'],
    make: answersWith(
      (request) => isInfo(request) && request.headers.has('X-WOPI-SessionContext'),
      () => plain(400),
    ),
  },
  {
    does: 'refuses nothing for its size',
    groups: ['get-file'],
    make: rewrites((request) => withHeaders(request, { 'X-WOPI-MaxExpectedSize': undefined })),
  },
]
