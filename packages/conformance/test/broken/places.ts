import { containerProperties } from '@openwopi/protocol'
import { altered, answersWith, type Break, type Next, overrideOf, plain, rewrites, withHeaders } from './break.ts'
import { agreesWithAll, type Json, loses, rewritten } from './rewritten.ts'

const onContainers = ({ url }: Request) => /\/(containers|ecosystem|folders)([/?]|$)/.test(url)
const about = ['containers', 'ecosystem', 'folders', 'sharing'] as const

const isContainer = (request: Request) => request.method === 'GET' && /\/containers\/[^/?]+\?/.test(request.url)
const ends = (path: string) => (request: Request) => request.method === 'GET' && request.url.includes(`${path}?`)
const is =
  (...overrides: string[]) =>
  (request: Request) =>
    overrides.includes(overrideOf(request))

const place = (does: string, make: Break['make'], groups: Break['groups'] = about): Break => ({ does, groups, make })

const wrongKinds = Object.fromEntries(Object.keys(containerProperties).map((name) => [name, 7]))

const madeNames = (change: (name: string) => string) =>
  rewritten(is('CREATE_CHILD_CONTAINER', 'CREATE_CHILD_FILE', 'RENAME_CONTAINER'), (json) => {
    const pointer = json['ContainerPointer'] as Json | undefined
    return {
      ...json,
      ...(typeof json['Name'] === 'string' && { Name: change(json['Name']) }),
      ...(pointer && { ContainerPointer: { ...pointer, Name: change(String(pointer['Name'])) } }),
    }
  })

const emptied =
  (...names: string[]) =>
  (json: Json) => ({
    ...json,
    ...Object.fromEntries(names.map((name) => [name, []])),
  })

const listOf = (json: Json, name: string) => (json[name] ?? []) as Json[]

/** Wrong about what lies around files. */
export const placeBreaks: readonly Break[] = [
  place(
    'says nothing right of folders',
    rewritten(
      ({ url }) => /\/folders\/[^/?]+\?/.test(url),
      (json) => Object.fromEntries(Object.keys(json).map((name) => [name, { a: 1 }])),
    ),
  ),
  place('does not say what is wrong with a name', (next) => async (request) => {
    const headers = { 'X-WOPI-InvalidContainerNameError': undefined, 'X-WOPI-InvalidFileNameError': undefined }
    return altered(await next(request), { headers })
  }),
  place(
    'leaves out lists that are empty',
    rewritten(ends('/children'), (json) =>
      Object.fromEntries(Object.entries(json).filter(([, list]) => Array.isArray(list) && list.length > 0)),
    ),
  ),
  place(
    'saves nothing',
    answersWith(is('PUT'), () => plain(409)),
  ),
  place(
    'overwrites whatever is there',
    rewrites((request) => {
      const raw = request.headers.get('X-WOPI-SuggestedTarget') ?? request.headers.get('X-WOPI-RelativeTarget')
      if (!is('CREATE_CHILD_FILE')(request) || raw === null || raw.startsWith('.')) return request
      return withHeaders(request, {
        'X-WOPI-SuggestedTarget': undefined,
        'X-WOPI-RelativeTarget': raw,
        'X-WOPI-OverwriteRelativeTarget': 'true',
      })
    }),
  ),
  place(
    'agrees to everything about containers',
    agreesWithAll((request) => request.method === 'POST' && onContainers(request)),
  ),
  place(
    'agrees to nothing about containers',
    answersWith(onContainers, () => plain(500)),
  ),
  place(
    'fails where it finds or changes a container',
    answersWith(isContainer, () => plain(500)),
  ),
  place(
    'says nothing of containers',
    rewritten(isContainer, () => ({})),
  ),
  place(
    'says everything of containers as something else',
    rewritten(isContainer, () => wrongKinds),
  ),
  place(
    'says of containers what it does not say of files',
    rewritten(isContainer, (json) => ({
      ...json,
      IsAnonymousUser: true,
      IsEduUser: true,
      LicenseCheckForEditIsEnabled: true,
    })),
  ),
  place(
    'says names that are not those of what it made',
    madeNames((name) => `x${name}`),
  ),
  place(
    'says one name for all that it made',
    madeNames(() => 'same'),
  ),
  place(
    'says paths for names',
    madeNames((name) => `/${name}`),
  ),
  place('lists nothing', rewritten(ends('/children'), emptied('ChildFiles', 'ChildContainers', 'Children'))),
  place(
    'lists nothing that can be found',
    rewritten(ends('/children'), (json) => ({
      ...json,
      ChildFiles: listOf(json, 'ChildFiles').map((child) => ({
        ...child,
        Name: 'x',
        Url: 'http://127.0.0.1/wopi/files/x?access_token=x',
      })),
    })),
  ),
  place(
    'lists files as they are not',
    rewritten(ends('/children'), (json) => ({
      ...json,
      ...Object.fromEntries(
        ['ChildFiles', 'Children'].map((name) => [
          name,
          listOf(json, name).map((child) => ({ ...child, Size: -1, Version: 'x', LastModifiedTime: 'x' })),
        ]),
      ),
    })),
  ),
  place('has no ancestors', rewritten(ends('/ancestry'), emptied('AncestorsWithRootFirst'))),
  place(
    'has ancestors without addresses',
    rewritten(ends('/ancestry'), (json) => ({
      AncestorsWithRootFirst: listOf(json, 'AncestorsWithRootFirst').map(() => ({ Name: 7 })),
    })),
  ),
  place(
    'has ancestors of other names',
    rewritten(ends('/ancestry'), (json) => ({
      AncestorsWithRootFirst: listOf(json, 'AncestorsWithRootFirst').map(({ Url }) => ({ Name: 'x', Url })),
    })),
  ),
  place(
    'has the root last and first',
    rewritten(ends('/ancestry'), (json) => ({
      AncestorsWithRootFirst: [
        { Name: 'x', Url: 'http://127.0.0.1/wopi/containers/x?access_token=x' },
        ...listOf(json, 'AncestorsWithRootFirst'),
      ],
    })),
  ),
  place(
    'gives an ecosystem that is elsewhere',
    rewritten(ends('/ecosystem_pointer'), () => ({ Url: '/ecosystem' })),
  ),
  place(
    'gives a root that is called otherwise',
    rewritten(ends('/root_container_pointer'), (json) => ({
      ContainerPointer: { ...(json['ContainerPointer'] as Json), Name: 'x' },
    })),
  ),
  place(
    'makes no file',
    answersWith(is('CREATE_CHILD_FILE'), () => plain(500)),
  ),
  place(
    'renames nothing, and says that it does',
    answersWith(is('RENAME_CONTAINER'), () => plain(200, '{"Name":"x"}')),
  ),
  place('deletes and renames whatever it is', loses(is('RENAME_CONTAINER', 'DELETE_CONTAINER'))),
  place(
    'finds no file by the names of its pages',
    answersWith(is('GET_WOPI_SRC_WITH_ACCESS_TOKEN'), () => plain(500)),
  ),
  place(
    'finds a file by any name',
    answersWith(is('GET_WOPI_SRC_WITH_ACCESS_TOKEN'), () => plain(200, '{"Url":"x"}')),
  ),
  place(
    'shares nothing',
    answersWith(is('GET_SHARE_URL'), () => plain(500)),
  ),
  place(
    'has one restricted link for ever',
    (next: Next) => async (request) =>
      is('GET_RESTRICTED_LINK', 'REVOKE_RESTRICTED_LINK')(request)
        ? new Response(null, { status: 200, headers: { 'X-WOPI-RestrictedUseLink': '/relative' } })
        : next(request),
  ),
  place(
    'gives any secret away',
    answersWith(is('READ_SECURE_STORE'), () => plain(200, '{}')),
  ),
  { ...place('does not delete files although it has containers', (next) => next), kind: { without: ['delete'] } },
  {
    ...place(
      'makes files and containers for those who may not',
      agreesWithAll(is('CREATE_CHILD_CONTAINER', 'CREATE_CHILD_FILE')),
    ),
    kind: { can: ['read'] },
  },
  {
    ...place(
      'says the secret to all',
      answersWith(is('GET_SHARE_URL'), () => plain(200, '{}')),
    ),
    kind: { without: ['shares'] },
  },
  place(
    'has no ecosystem for containers',
    rewritten(ends('/ecosystem'), () => ({})),
  ),
]
