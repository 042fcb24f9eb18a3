import { altered, answersWith, isInfo, type Next, overrideOf, plain, rewrites, withHeaders, withUrl } from './break.ts'
import { type Fault, fault } from './fault.ts'
import { type Json, rewritten } from './rewritten.ts'

const is = (override: string) => (request: Request) => overrideOf(request) === override
const gets = (path: RegExp) => (request: Request) => request.method === 'GET' && path.test(request.url)
const isAncestry = gets(/\/ancestry\?/)
const isChildren = gets(/\/containers\/[^/]+\/children\?/)
const filter = 'X-WOPI-FileExtensionFilterList'

const statusOf =
  (isMeant: (request: Request) => boolean, from: number, to: number) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    return isMeant(request) && response.status === from ? plain(to) : response
  }

const listIn = (json: Json, name: string) => (json[name] ?? []) as Json[]

/** Empties a container before it is deleted. */
const deletesAll =
  (next: Next): Next =>
  async (request) => {
    if (!is('DELETE_CONTAINER')(request)) return next(request)
    const answer = await next(new Request(request.url.replace('?', '/children?')))
    const children = answer.status === 200 ? ((await answer.json()) as Json) : {}
    for (const { Url } of listIn(children, 'ChildFiles'))
      await next(new Request(String(Url), { method: 'POST', headers: { 'X-WOPI-Override': 'DELETE' } }))
    return next(request)
  }

/** What hand-written hosts get wrong about containers, and what lies around them. */
export const containerFaults: readonly Fault[] = [
  fault(
    'deletes a container with the files in it',
    'DeleteContainer on a container that holds a file is refused with 409, and the file stays.',
    deletesAll,
  ),
  fault(
    'lists every file whatever extension is asked for',
    'EnumerateChildren for one extension lists the files that have it, and every container.',
    rewrites((request) => (isChildren(request) ? withHeaders(request, { [filter]: undefined }) : request)),
  ),
  fault(
    'compares extensions with regard to case',
    'EnumerateChildren for an extension in capitals lists the files that have it, and every container.',
    rewrites((request) => {
      const wanted = request.headers.get(filter)
      return wanted && /[A-Z]/.test(wanted) ? withHeaders(request, { [filter]: '.none' }) : request
    }),
  ),
  fault(
    'leaves out a list that is empty',
    'EnumerateChildren of an empty container answers two empty lists.',
    rewritten(isChildren, (json) =>
      listIn(json, 'ChildFiles').length === 0 ? { ...json, ChildFiles: undefined } : json,
    ),
  ),
  fault(
    'counts a container among its own ancestors',
    'The ancestors of a container end with the one that it lies in, and do not hold it itself.',
    rewritten(
      (request) => isAncestry(request) && request.url.includes('/containers/'),
      (json, { url }) => ({
        AncestorsWithRootFirst: [
          ...listIn(json, 'AncestorsWithRootFirst'),
          { Name: 'itself', Url: url.replace('/ancestry', '') },
        ],
      }),
    ),
  ),
  fault(
    'gives two containers one name',
    'A container is not given the name of another one: RenameContainer is refused with 409.',
    statusOf(is('RENAME_CONTAINER'), 409, 200),
  ),
  fault(
    'answers 400 to CreateChildFile with two names',
    'CreateChildFile with a suggested and an exact name is refused with 501.',
    statusOf(is('CREATE_CHILD_FILE'), 501, 400),
  ),
  fault(
    'opens a container with the token of a file',
    'The token of a container does not open a file in it, nor that of the file the container.',
    (next, host) => (request) => {
      const id = /\/containers\/([^/?]+)\?access_token=/.exec(request.url)?.[1]
      if (id === undefined || !isInfo(request) || /made-up/.test(request.url)) return next(request)
      return next(withUrl(request, `${request.url.split('?')[0]}?access_token=${host.token(id, 'container')}`))
    },
  ),
  fault(
    'makes an ecosystem that denies its containers',
    'CheckEcosystem says SupportsContainers where CheckFileInfo says it, and does not where it does not.',
    rewritten(gets(/\/ecosystem\?/), () => ({})),
  ),
  fault(
    'answers 400 to a type of link that it does not know',
    'GetShareUrl for a type that does not exist answers 501.',
    answersWith(
      ({ headers }) => headers.get('X-WOPI-UrlType') === 'Openwopi',
      () => plain(400),
    ),
  ),
  fault(
    'puts the access token into the links that it gives out',
    'GetShareUrl answers an absolute address of type ReadOnly where CheckFileInfo says that type, and 501 where not.',
    rewritten(
      (request) => is('GET_SHARE_URL')(request) && request.url.includes('/files/'),
      ({ ShareUrl }, { url }) => ({ ShareUrl: `${String(ShareUrl)}?${url.split('?')[1]}` }),
    ),
  ),
  fault(
    'says of every activity that it was kept',
    'An activity of a type that does not exist, with data, is said not to be kept (3).',
    rewritten(is('ADD_ACTIVITIES'), (json) => ({
      ActivityResponses: listIn(json, 'ActivityResponses').map((each) => ({ ...each, Status: 0 })),
    })),
  ),
  fault(
    'answers for the first of several activities',
    'Each of several activities is answered once, by its Id as it was written.',
    rewritten(is('ADD_ACTIVITIES'), (json) => ({
      ActivityResponses: listIn(json, 'ActivityResponses').slice(0, 1),
    })),
  ),
  fault(
    'does not say at its bootstrapper where to sign in',
    'Bootstrap without a token is refused with 401 and says where to sign in.',
    (next) => async (request) => {
      const response = await next(request)
      return response.status === 401 ? altered(response, { headers: { 'WWW-Authenticate': undefined } }) : response
    },
  ),
  fault(
    'gives tokens for files of other hosts',
    'GetNewAccessToken for a file of another host answers 404.',
    answersWith(
      ({ headers }) => (headers.get('X-WOPI-WopiSrc') ?? '').includes('openwopi-check.example'),
      () => plain(200, '{"AccessTokenInfo":{"AccessToken":"a","AccessTokenExpiry":0}}'),
    ),
  ),
  fault(
    'forgets the version of what lies in a folder',
    'EnumerateChildren of a folder lists each file with its Name, its Url and its Version.',
    rewritten(gets(/\/folders\/[^/]+\/children\?/), (json) => ({
      Children: listIn(json, 'Children').map(({ Version: _, ...child }) => child),
    })),
  ),
]
