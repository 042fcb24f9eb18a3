import { memoryLocks } from '@openwopi/host'
import { rotatedKeys } from '../a-host.ts'
import { altered, answersWith, type Break, isContents, isInfo, type Next, overrideOf, plain, tellsOf } from './break.ts'
import { agreesWithAll, type Json, rewritten } from './rewritten.ts'

const is =
  (...overrides: string[]) =>
  (request: Request) =>
    overrides.includes(overrideOf(request))

const coauth = ['GET_COAUTH_LOCK', 'REFRESH_COAUTH_LOCK', 'UNLOCK_COAUTH_LOCK', 'GET_COAUTH_TABLE'] as const
const chunked = [
  'PUT_CHUNKED_FILE',
  'GET_CHUNKED_FILE',
  'GET_CHUNKS',
  'CREATE_UPLOAD_SESSION',
  'UPDATE_UPLOAD_SESSION',
] as const
const isTable = is(...coauth)

const wrong = (does: string, make: Break['make'], groups: Break['groups']): Break => ({ does, groups, make })
const withTable = (change: (row: Json) => Json) =>
  rewritten(is('GET_COAUTH_LOCK', 'REFRESH_COAUTH_LOCK', 'GET_COAUTH_TABLE'), (json) => ({
    CoauthTable: ((json['CoauthTable'] ?? []) as Json[]).map(change),
  }))

const headers =
  (isMeant: (request: Request) => boolean, change: Record<string, string | undefined>) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    return isMeant(request) ? altered(response, { headers: change }) : response
  }

const promises = [
  'SequenceNumber',
  'OfficeCollaborationServiceEndpointUrl',
  'RealTimeChannelEndpointUrl',
  'AccessTokenExpiry',
  'ServerTime',
  'SharingStatus',
  'FileGeoLocationCode',
  'SupportsUpdate',
  'SupportsLocks',
  'SupportsUserInfo',
] as const

const counting =
  (isMeant: (request: Request) => boolean, name: string) =>
  (next: Next): Next => {
    let count = 0
    return async (request) => {
      const response = await next(request)
      return isMeant(request) ? altered(response, { headers: { [name]: String(++count) } }) : response
    }
  }

/** Wrong about what clients do together, about what they send in pieces, and about what it still knows later. */
export const togetherBreaks: readonly Break[] = [
  wrong(
    'lets nobody come while one holds the file exclusively',
    (next) => {
      const held = new Set<string>()
      return async (request) => {
        const { pathname } = new URL(request.url)
        const type = request.headers.get('X-WOPI-CoauthLockType')
        if (is('GET_COAUTH_LOCK')(request) && type === 'Coauth' && held.has(pathname)) return plain(409)
        if (type === 'CoauthExclusive') held.add(pathname)
        return next(request)
      }
    },
    ['coauth'],
  ),
  wrong(
    'knows no editors of what comes in pieces',
    answersWith(
      (request) => is('PUT_CHUNKED_FILE')(request) && request.headers.has('X-WOPI-Editors'),
      () => plain(501),
    ),
    ['transfer'],
  ),
  wrong('agrees to everything that is done together', agreesWithAll(isTable), ['coauth']),
  wrong(
    'does nothing that is done together',
    answersWith(isTable, () => plain(409)),
    ['coauth'],
  ),
  wrong(
    'has nobody in its table',
    rewritten(isTable, () => ({ CoauthTable: [] })),
    ['coauth', 'expiry', 'restart'],
  ),
  wrong(
    'has a table that is none',
    rewritten(isTable, () => ({ Table: {} })),
    ['coauth'],
  ),
  wrong(
    'has rows of another kind',
    withTable((row) => Object.fromEntries(Object.keys(row).map((name) => [name, { a: 1 }]))),
    ['coauth'],
  ),
  wrong(
    'has rows without metadata',
    withTable((row) => ({ ...row, CoauthLockMetadata: 'x' })),
    ['coauth'],
  ),
  wrong(
    'has rows of one type',
    withTable((row) => ({ ...row, CoauthLockType: 'x' })),
    ['coauth'],
  ),
  wrong(
    'has rows as of now',
    (next) => {
      let time = 1
      return withTable((row) => ({ ...row, CoauthLockTime: time++ }))(next)
    },
    ['coauth'],
  ),
  wrong('has no version of its table', headers(isTable, { 'X-WOPI-CoauthTableVersion': undefined }), ['coauth']),
  wrong('has one version of its table', headers(isTable, { 'X-WOPI-CoauthTableVersion': 'v' }), ['coauth', 'expiry']),
  wrong('has a version of its table for each answer', counting(isTable, 'X-WOPI-CoauthTableVersion'), ['coauth']),
  wrong('counts nothing', headers(is('GET_SEQUENCE_NUMBER'), { 'X-WOPI-SequenceNumber': '0' }), ['coauth', 'transfer']),
  wrong(
    'lets go of nobody',
    answersWith(is('UNLOCK_COAUTH_LOCK'), () => plain(200)),
    ['coauth'],
  ),
  wrong('locks and saves what is held together', agreesWithAll(is('LOCK', 'PUT', 'RENAME_FILE')), ['coauth']),
  wrong('says 409 and the name of a lock that is none', headers(is('LOCK', 'PUT'), { 'X-WOPI-Lock': 'x' }), ['coauth']),
  wrong(
    'renames nothing',
    answersWith(is('RENAME_FILE'), () => plain(500)),
    ['coauth', 'clients'],
  ),
  wrong(
    'promises co-authoring and says nothing that it takes',
    tellsOf((info) => ({
      ...info,
      ...Object.fromEntries(promises.map((name) => [name, undefined])),
    })),
    ['coauth'],
  ),
  wrong('agrees to all that comes in pieces', agreesWithAll(is(...chunked)), ['transfer']),
  wrong(
    'refuses all that comes in pieces',
    answersWith(is(...chunked), () => plain(400)),
    ['transfer'],
  ),
  wrong(
    'takes nothing that comes in pieces',
    answersWith(is('PUT_CHUNKED_FILE'), () => plain(200)),
    ['transfer'],
  ),
  wrong(
    'has lost the pieces',
    answersWith(is('GET_CHUNKED_FILE', 'GET_CHUNKS'), () => plain(200)),
    ['transfer'],
  ),
  wrong(
    'begins one upload',
    answersWith(is('CREATE_UPLOAD_SESSION'), () => plain(200, '{"UploadSessionToken":"x"}')),
    ['transfer'],
  ),
  wrong(
    'takes uploads for ever',
    answersWith(is('UPDATE_UPLOAD_SESSION'), () => plain(200)),
    ['transfer'],
  ),
  wrong(
    'says no numbers',
    headers(is(...chunked), { 'X-WOPI-SequenceNumber': undefined, 'X-WOPI-ItemVersion': undefined }),
    ['transfer'],
  ),
  wrong(
    'keeps no activities',
    answersWith(is('ADD_ACTIVITIES'), () => plain(500)),
    ['activities'],
  ),
  wrong('agrees to all activities', agreesWithAll(is('ADD_ACTIVITIES')), ['activities']),
  wrong(
    'says 7 of each activity',
    rewritten(is('ADD_ACTIVITIES'), () => ({ ActivityResponses: [{ Id: 'x', Status: 7 }] })),
    ['activities'],
  ),
  wrong(
    'saves nothing for anybody',
    answersWith(is('PUT'), () => plain(500)),
    ['clients', 'limits', 'expiry'],
  ),
  wrong('saves everything for everybody', agreesWithAll(is('PUT')), ['clients', 'expiry']),
  wrong(
    'answers saves in words',
    (next) => async (request) => {
      const response = await next(request)
      return is('PUT')(request) ? altered(response, { body: '{"LastModifiedTime":"2001-01-01T00:00:00Z"}' }) : response
    },
    ['clients'],
  ),
  wrong(
    'says neither times nor names',
    tellsOf(({ LastModifiedTime: _, UserFriendlyName: _name, ...info }) => info),
    ['clients'],
  ),
  wrong(
    'has one state for everything',
    tellsOf((info) => ({ ...info, Version: '1', LastModifiedTime: '2001-01-01T00:00:00Z' })),
    ['clients'],
  ),
  wrong(
    'does not make files in any other form',
    answersWith(is('PUT_RELATIVE'), () =>
      plain(200, '{"Name":7,"Url":"http://127.0.0.1/wopi/files/x?access_token=x"}'),
    ),
    ['clients'],
  ),
  wrong(
    'answers renames with a name alone',
    rewritten(is('RENAME_FILE'), () => ({ Name: 'x' })),
    ['clients'],
  ),
  wrong(
    'has locks for one who opens it',
    (next) => {
      const seen = new Set<string>()
      return async (request) => {
        const key = `${request.url} ${request.headers.get('X-WOPI-Lock')}`
        if (is('LOCK')(request) && seen.has(key)) return plain(409)
        seen.add(key)
        return next(request)
      }
    },
    ['clients'],
  ),
  {
    ...wrong(
      'has no locks and wants them',
      answersWith(is('PUT'), () => plain(409)),
      ['clients'],
    ),
    kind: { without: ['locks'] },
  },
  {
    ...wrong(
      'answers each request once',
      (next) => {
        const seen = new Set<string>()
        return async (request) => {
          const key = `${request.url} ${request.headers.get('X-WOPI-TimeStamp')}`
          const isAgain = seen.has(key) && isContents(request)
          seen.add(key)
          return isAgain ? plain(500) : next(request)
        }
      },
      ['clients'],
    ),
    kind: { keys: rotatedKeys() },
  },
  wrong(
    'lets nobody in',
    (next) => async (request) => (request.url.includes('/wopibootstrapper') ? plain(200, '{}') : next(request)),
    ['bootstrapper'],
  ),
  wrong(
    'lets everybody in',
    (next) => async (request) => {
      const response = await next(request)
      if (!request.url.includes('/wopibootstrapper')) return response
      return response.status === 200 ? plain(500) : plain(200, '{"Bootstrap":{}}')
    },
    ['bootstrapper'],
  ),
  wrong(
    'says in other words where to sign in',
    headers(({ url }) => url.includes('/wopibootstrapper'), { 'WWW-Authenticate': 'Bearer UrlSchemes="%zz"' }),
    ['bootstrapper'],
  ),
  wrong(
    'says wrong ways in',
    rewritten(
      ({ url }) => url.includes('/wopibootstrapper'),
      () => ({
        Bootstrap: { EcosystemUrl: 'http://127.0.0.1/wopi/ecosystem?access_token=x' },
        AccessTokenInfo: { AccessToken: 'x', AccessTokenExpiry: 1 },
        RootContainerInfo: { ContainerPointer: { Url: 'http://127.0.0.1/wopi/containers/root?access_token=x' } },
        WopiSrcInfo: { Url: 'http://127.0.0.1/wopi/files/x' },
      }),
    ),
    ['bootstrapper'],
  ),
  {
    ...wrong(
      'is reached without encryption',
      (next) => async (request) =>
        next(new Request(request.url.replace('http://files.example', 'http://127.0.0.1'), request)),
      ['bootstrapper'],
    ),
    options: (options) => ({ ...options, bootstrapper: { url: 'http://files.example/wopibootstrapper', token: 'x' } }),
  },
  ...restarted(),
  { ...wrong('holds locks for ever', (next) => next, ['expiry']), kind: { ports: { lockLifetime: 36_000_000 } } },
  { ...wrong('holds locks for a minute', (next) => next, ['expiry']), kind: { ports: { lockLifetime: 60_000 } } },
  wrong(
    'never lets anybody go',
    (next) => {
      const tables = new Map<string, string>()
      return async (request) => {
        const response = await next(request)
        if (!isTable(request)) return response
        const { pathname } = new URL(request.url)
        const body = await response.text()
        if ((tables.get(pathname)?.length ?? 0) < body.length) tables.set(pathname, body)
        return altered(response, { status: 200, body: tables.get(pathname) ?? '' })
      }
    },
    ['expiry'],
  ),
]

/** Says of every file the version that it said last before it was started anew. */
function sameVersion(): Break {
  let isLater = false
  const versions = new Map<string, unknown>()
  return {
    does: 'has the versions of before when it is started anew',
    groups: ['restart'],
    make: tellsOf((info, { url }) => {
      const { pathname } = new URL(url)
      if (!isLater) versions.set(pathname, info['Version'])
      return { ...info, Version: versions.get(pathname) ?? info['Version'] }
    }),
    options: (options) => ({
      ...options,
      async restart() {
        isLater = true
      },
    }),
  }
}

/** Another host after it was started anew. */
function restarted(): Break[] {
  const once = (does: string, later: (next: Next) => Next, kind: Break['kind'] = {}): Break => {
    let isLater = false
    return {
      does: `${does} when it is started anew`,
      groups: ['restart'],
      kind,
      make: (next) => (request) => (isLater ? later(next) : next)(request),
      options: (options) => ({
        ...options,
        async restart() {
          isLater = true
        },
      }),
    }
  }
  const other = tellsOf((info) => Object.fromEntries(Object.keys(info).map((name) => [name, 'other'])))
  return [
    once('says everything otherwise', other),
    once('knows nothing', () => async () => plain(404)),
    once(
      'has other contents',
      (next) => async (request) => (isContents(request) ? plain(200, 'other') : next(request)),
    ),
    once('finds what was deleted', (next) => async (request) => {
      const response = await next(request)
      return isInfo(request) && response.status === 404 ? plain(200, '{}') : response
    }),
    sameVersion(),
    once('lets everybody lock', agreesWithAll(is('LOCK')), { ports: { locks: memoryLocks() } }),
  ]
}
