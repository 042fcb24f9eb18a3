import { memoryUserInfo, type UserInfo } from '@openwopi/host'
import {
  altered,
  answersWith,
  isContents,
  isInfo,
  type Next,
  overrideOf,
  plain,
  rewrites,
  tellsOf,
  withBody,
  withHeaders,
  withUrl,
} from './break.ts'
import { type Fault, fault } from './fault.ts'
import { keepsPart } from './keeps-part.ts'

const isPut = (request: Request) => overrideOf(request) === 'PUT'

const answers =
  (isMeant: (request: Request) => boolean, change: Parameters<typeof altered>[1]) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    return isMeant(request) && response.status === 200 ? altered(response, change) : response
  }

/** Keeps a version for as long as the bytes are the same. */
const versionOfBytes: (next: Next) => Next = (next) => {
  const versions = new Map<string, string>()
  const keyOf = async (request: Request) => {
    const url = request.url.replace(/(\/contents)?\?/, '/contents?')
    const content = await (await next(new Request(url))).text()
    return `${url.split('?')[0]} ${content}`
  }
  return async (request) => {
    const response = await next(request)
    if (response.status !== 200 || !(isInfo(request) || response.headers.has('X-WOPI-ItemVersion'))) return response
    if (!/\/files\/[^/]+(\/contents)?\?/.test(request.url)) return response
    const key = await keyOf(request)
    const version = versions.get(key) ?? `b${versions.size}`
    versions.set(key, version)
    if (!isInfo(request)) return altered(response, { headers: { 'X-WOPI-ItemVersion': version } })
    return altered(response, { body: JSON.stringify({ ...(await response.json()), Version: version }) })
  }
}

/** Remembers what it has said of a file first. */
const saidFirst =
  (name: string) =>
  (next: Next): Next => {
    const said = new Map<string, unknown>()
    return tellsOf((info, { url }) => {
      const path = new URL(url).pathname
      if (!said.has(path)) said.set(path, info[name])
      return { ...info, [name]: said.get(path) }
    })(next)
  }

function forgettingUserInfo(): UserInfo & { forget(): void } {
  let kept = memoryUserInfo()
  return {
    get: (id) => kept.get(id),
    put: (id, info) => kept.put(id, info),
    forget() {
      kept = memoryUserInfo()
    },
  }
}

const forgetful = forgettingUserInfo()
const idOf = ({ url }: Request): string => decodeURIComponent(/\/files\/([^/?]+)/.exec(url)?.[1] ?? '')

/** What hand-written hosts get wrong about files, tokens and requests. */
export const fileFaults: readonly Fault[] = [
  fault(
    'answers 200 to an override that does not exist',
    'A POST with an X-WOPI-Override that does not exist answers 501.',
    answersWith(
      (request) => overrideOf(request) === 'OPENWOPI_CHECK',
      () => plain(200),
    ),
  ),
  fault(
    'answers 200 to a POST without an override and without a token',
    'A POST without an X-WOPI-Override and without a token is refused.',
    answersWith(
      (request) =>
        request.method === 'POST' && overrideOf(request) === '' && request.url.endsWith(`/wopi/files/${idOf(request)}`),
      () => plain(200),
    ),
  ),
  fault(
    'takes no notice of X-WOPI-MaxExpectedSize',
    'GetFile answers 412 when the file is larger than X-WOPI-MaxExpectedSize.',
    rewrites((request) => withHeaders(request, { 'X-WOPI-MaxExpectedSize': undefined })),
  ),
  fault(
    'takes any token for CheckFileInfo',
    'CheckFileInfo with a made-up token is refused.',
    (next, host) => (request) => {
      if (!/\/files\/[^/]+\?.*made-up/.test(request.url) || !isInfo(request)) return next(request)
      return next(withUrl(request, `${request.url.split('?')[0]}?access_token=${host.token(idOf(request))}`))
    },
  ),
  fault(
    'has no room for more than 512 KiB',
    'Content of 1 MiB is stored as it was sent.',
    (next) => async (request) => {
      if (!isPut(request)) return next(request)
      const body = new Uint8Array(await request.arrayBuffer())
      return body.length > 512 * 1024 ? plain(413) : next(withBody(request, body))
    },
  ),
  fault(
    'keeps what came of an upload that broke off',
    'A body that breaks off between two chunks is not taken for content.',
    keepsPart,
    { isOnSocket: true },
  ),
  fault(
    'has a version for each content instead of each save',
    'Each PutFile with the same bytes makes a version that the file never had.',
    versionOfBytes,
  ),
  fault(
    'says no version of what it has saved',
    'PutFile says the version that CheckFileInfo says afterwards.',
    answers(isPut, { headers: { 'X-WOPI-ItemVersion': undefined } }),
  ),
  fault(
    'remembers the size that a file had first',
    'CheckFileInfo says the new size as soon as PutFile has answered.',
    saidFirst('Size'),
  ),
  fault(
    'says a SHA256 that is not that of the content',
    'SHA256, where CheckFileInfo says it, is that of what GetFile answers.',
    tellsOf((info) => ({ ...info, SHA256: `${'A'.repeat(43)}=` })),
  ),
  fault(
    'refuses a token that comes in the header as well',
    'A token that the header and the query both carry is accepted.',
    answersWith(
      ({ headers, url }) => headers.has('Authorization') && url.includes('/wopi/'),
      () => plain(401),
    ),
  ),
  fault(
    'lets every page of a browser read CheckFileInfo',
    'A WOPI endpoint lets no other page of a browser read it (CORS).',
    answers(isInfo, { headers: { 'Access-Control-Allow-Origin': '*' } }),
  ),
  fault(
    'redirects GetFile',
    'A request is answered where it is asked, without a redirect.',
    answers(isContents, { status: 302, headers: { Location: '/elsewhere' } }),
  ),
  fault('forgets its users when it is started anew', 'User information is there after a restart.', (next) => next, {
    kind: { ports: { userInfo: forgetful } },
    options: (options) => ({ ...options, restart: async () => forgetful.forget() }),
  }),
  fault(
    'takes user information of any length',
    'User information of 1,025 characters is refused with 400.',
    (next) => async (request) => {
      const response = await next(request)
      return overrideOf(request) === 'PUT_USER_INFO' && response.status === 400 ? plain(200) : response
    },
  ),
]
