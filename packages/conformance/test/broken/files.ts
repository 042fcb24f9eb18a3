import { filePropertyEntries } from '@openwopi/protocol'
import {
  altered,
  answersWith,
  type Break,
  heldBy,
  isContents,
  isInfo,
  type Next,
  overrideOf,
  plain,
  rewrites,
  tellsOf,
  withBody,
  withHeaders,
} from './break.ts'
import { keepsPart } from './keeps-part.ts'
import { rewritten } from './rewritten.ts'

const isPut = (request: Request) => overrideOf(request) === 'PUT'

const bodies = (change: (body: Uint8Array) => Uint8Array) =>
  rewrites(async (request) =>
    isPut(request) ? withBody(request, change(new Uint8Array(await request.arrayBuffer()))) : request,
  )

const answered =
  (isMeant: (request: Request) => boolean, change: Parameters<typeof altered>[1]) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    return isMeant(request) && response.status === 200 ? altered(response, change) : response
  }

const wrongKinds = Object.fromEntries(
  filePropertyEntries.map(([name, { kind }]) => [name, kind === 'object' ? 7 : { wrong: 'kind' }]),
)
const plus = [
  'SupportsCoauth',
  'SequenceNumber',
  'OfficeCollaborationServiceEndpointUrl',
  'RealTimeChannelEndpointUrl',
  'AccessTokenExpiry',
  'ServerTime',
  'SharingStatus',
  'FileGeoLocationCode',
]
const required = ['BaseFileName', 'OwnerId', 'UserId', 'Version', 'Size']

const told = (
  does: string,
  change: Parameters<typeof tellsOf>[0],
  groups: Break['groups'] = ['check-file-info'],
): Break => ({
  does,
  groups,
  make: tellsOf(change),
})

/** Says what it said first. */
const stale = (next: Next): Next => {
  const first = new Map<string, string>()
  return async (request) => {
    const response = await next(request)
    if (!isInfo(request) || response.status !== 200) return response
    const path = new URL(request.url).pathname
    first.set(path, first.get(path) ?? (await response.clone().text()))
    return altered(response, { body: first.get(path) ?? '' })
  }
}

/** Saves two contents at a time into one another. */
const mixing = (next: Next): Next => {
  let underway = 0
  return async (request) => {
    if (!isPut(request)) return next(request)
    const isRace = ++underway > 1
    const body = new Uint8Array(await request.arrayBuffer())
    await new Promise((resolve) => setImmediate(resolve))
    if (isRace || underway > 1) body.fill(7, 0, body.length / 2)
    const response = await next(withBody(request, body))
    underway--
    return response
  }
}

/** Makes files without pages to show them in. */
const withoutPages = rewritten(
  (request) => overrideOf(request) === 'PUT_RELATIVE',
  ({ HostEditUrl: _, HostViewUrl: _view, ...json }) => json,
)

/** Each answer that says a version says another one than before. */
const counting =
  (isMeant: (request: Request, response: Response) => boolean) =>
  (next: Next): Next => {
    let count = 0
    return async (request) => {
      const response = await next(request)
      if (isMeant(request, response)) count++
      if (!isInfo(request) || response.status !== 200) return response
      const info = (await response.json()) as Record<string, unknown>
      return altered(response, { body: JSON.stringify({ ...info, Version: `${String(info['Version'])}.${count}` }) })
    }
  }

export const fileBreaks: readonly Break[] = [
  {
    does: 'says no version with what it answers',
    groups: ['versions'],
    make: (next) => async (request) => altered(await next(request), { headers: { 'X-WOPI-ItemVersion': undefined } }),
  },
  told('has one version for everything', (info) => ({ ...info, Version: '1' }), ['versions']),
  {
    does: 'makes a new version of what is only read',
    groups: ['versions', 'check-file-info'],
    make: counting(() => true),
  },
  {
    does: 'makes a new version of what it refuses',
    groups: ['versions'],
    make: counting((request, { status }) => isPut(request) && status === 409),
  },
  {
    does: 'takes content for text',
    groups: ['put-file'],
    make: bodies((body) => new TextEncoder().encode(new TextDecoder().decode(body).replaceAll('\0', ''))),
  },
  {
    does: 'takes no more than 512 KiB',
    groups: ['put-file'],
    make: (next) => async (request) => {
      if (!isPut(request)) return next(request)
      const body = new Uint8Array(await request.arrayBuffer())
      return body.length > 512 * 1024 ? plain(413) : next(withBody(request, body))
    },
  },
  {
    does: 'refuses to make a file empty',
    groups: ['put-file'],
    make: (next) => async (request) => {
      if (!isPut(request)) return next(request)
      const body = new Uint8Array(await request.arrayBuffer())
      return body.length === 0 ? plain(400) : next(withBody(request, body))
    },
  },
  {
    does: 'wants a lock for empty files too',
    groups: ['put-file'],
    make: answersWith(
      (request) => isPut(request) && !request.headers.get('X-WOPI-Lock'),
      () => plain(409),
    ),
  },
  {
    does: 'wants to know the length beforehand',
    groups: ['put-file'],
    make: answersWith(
      (request) => request.headers.has('X-Test-Flows'),
      () => plain(411),
    ),
  },
  { does: 'says what it said first', groups: ['put-file'], make: stale },
  { does: 'answers PutFile without a body', groups: ['put-file'], make: answered(isPut, { body: '' }) },
  {
    does: 'answers PutFile with a wrong time',
    groups: ['put-file'],
    make: answered(isPut, { body: '{"LastModifiedTime":"2001-01-01T00:00:00Z"}' }),
  },
  {
    does: 'knows no editors',
    groups: ['put-file'],
    make: answersWith(
      ({ headers }) => headers.has('X-WOPI-Editors'),
      () => plain(400),
    ),
  },
  { does: 'mixes what is saved at the same time', groups: ['races'], make: mixing },
  { does: 'keeps what came of an upload that broke off', groups: ['atomicity'], make: keepsPart },
  told('says a size that is one too large', (info) => ({ ...info, Size: Number(info['Size']) + 1 }), [
    'get-file',
    'put-file',
  ]),
  {
    does: 'counts one byte too many',
    groups: ['get-file'],
    make: rewrites((request) => {
      const most = request.headers.get('X-WOPI-MaxExpectedSize')
      return most === null ? request : withHeaders(request, { 'X-WOPI-MaxExpectedSize': String(Number(most) - 1) })
    }),
  },
  {
    does: 'minds a lock in GetFile',
    groups: ['get-file'],
    make: answersWith(
      (request) => isContents(request) && request.headers.has('X-WOPI-Lock'),
      () => plain(409),
    ),
  },
  {
    does: 'has no answer for an empty file',
    groups: ['get-file'],
    make: (next) => async (request) => {
      const response = await next(request)
      const body = await response.clone().arrayBuffer()
      return isContents(request) && body.byteLength === 0 ? plain(404) : response
    },
  },
  {
    does: 'serves files as pages',
    groups: ['get-file'],
    make: answered(isContents, { headers: { 'Content-Type': 'text/html', 'Cache-Control': undefined } }),
  },
  {
    does: 'ignores ranges',
    groups: ['get-file'],
    make: rewrites((request) => withHeaders(request, { Range: undefined })),
  },
  {
    does: 'answers other bytes each time',
    groups: ['get-file'],
    make: (next) => {
      let count = 0
      return async (request) => {
        const response = await next(request)
        return isContents(request) && response.status === 200 ? altered(response, { body: `${++count}` }) : response
      }
    },
  },
  {
    does: 'lets anyone write',
    groups: ['get-file'],
    kind: { can: ['read'] },
    make: answersWith(isPut, () => plain(200)),
  },
  told('has a wrong SHA256', (info) => ({ ...info, SHA256: `${'A'.repeat(43)}=` }), ['get-file', 'put-file']),
  told('leaves out what is required', (info) =>
    Object.fromEntries(Object.entries(info).filter(([name]) => !required.includes(name))),
  ),
  told('says what only hosts with co-authoring say', (info) => ({
    ...info,
    ...Object.fromEntries(plus.map((name) => [name, false])),
  })),
  told('says everything as something else', () => wrongKinds, ['properties']),
  told('says nonsense', ({ UserCanNotWriteRelative: _, SupportsLocks: _locks, ...info }, { url }) => ({
    ...info,
    UserId: 'a-b',
    OwnerId: '<ann>',
    BaseFileName: 'a/b.txt',
    FileExtension: 'txt',
    LastModifiedTime: '2026-01-01 12:00',
    SHA256: 'abc',
    UserInfo: 'u'.repeat(1025),
    HostEditUrl: 'https://word-edit.officeapps.live.com/we/wordeditorframe.aspx',
    HostNotes: url.replace(/.*access_token=/, ''),
    TimeZone: null,
  })),
  told('lets users write what is read-only', (info) => ({ ...info, ReadOnly: true, UserCanWrite: true })),
  {
    does: 'checks licences and has no page to come back to',
    groups: ['check-file-info', 'names'],
    make: (next) =>
      withoutPages(
        tellsOf(({ HostEditUrl: _, HostViewUrl: _view, ...info }) => ({ ...info, LicenseCheckForEditIsEnabled: true }))(
          next,
        ),
      ),
  },
  {
    does: 'answers JSON as text',
    groups: ['check-file-info'],
    make: answered(isInfo, { headers: { 'Content-Type': 'text/plain' } }),
  },
  told('has no locks', ({ SupportsLocks: _, ...info }) => info),
  {
    does: 'deletes what somebody holds',
    groups: ['delete'],
    make: (next) => async (request) => {
      if (overrideOf(request) !== 'DELETE') return next(request)
      const held = await heldBy(next, request)
      const headers = { 'X-WOPI-Override': 'UNLOCK', 'X-WOPI-Lock': held }
      if (held) await next(new Request(request.url, { method: 'POST', headers }))
      return next(request)
    },
  },
  {
    does: 'takes user information of any length',
    groups: ['user-info'],
    make: (next) => async (request) => {
      const response = await next(request)
      return overrideOf(request) === 'PUT_USER_INFO' && response.status === 400 ? plain(200) : response
    },
  },
]
