import { decodeUtf7, encodeUtf7 } from '@openwopi/protocol'
import {
  altered,
  answersWith,
  type Break,
  heldBy,
  type Next,
  overrideOf,
  plain,
  rewrites,
  withBody,
  withHeaders,
} from './break.ts'

const suggested = 'X-WOPI-SuggestedTarget'
const relative = 'X-WOPI-RelativeTarget'
const overwrite = 'X-WOPI-OverwriteRelativeTarget'
const requested = 'X-WOPI-RequestedName'

const changes = (
  does: string,
  change: (header: (name: string) => string | null) => Record<string, string | undefined>,
  groups: Break['groups'] = ['names'],
): Break => ({
  does,
  groups,
  make: rewrites((request) =>
    withHeaders(
      request,
      change((name) => request.headers.get(name)),
    ),
  ),
})

const isValid = (raw: string): boolean => {
  try {
    return !/[\p{Cc}\\/:*?"<>|]|[. ]$|^con\./iu.test(decodeUtf7(raw)) && decodeUtf7(raw).length < 300
  } catch {
    return false
  }
}

const repairs =
  (next: Next): Next =>
  async (request) => {
    const again = request.clone()
    const response = await next(request)
    if (response.status !== 400 || !again.headers.get(relative)) return response
    return next(withHeaders(again, { [relative]: undefined, [suggested]: 'repaired.txt' }))
  }

const rejects =
  (next: Next): Next =>
  async (request) => {
    const raw = request.headers.get(suggested) ?? request.headers.get(requested)
    return raw && !isValid(raw) ? plain(500) : next(request)
  }

const isRename = (request: Request) => overrideOf(request) === 'RENAME_FILE'

const losing = (next: Next): Next => {
  const lost = new Set<string>()
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (lost.has(pathname.replace('/contents', '')) && overrideOf(request) !== 'DELETE') return plain(404)
    const response = await next(request)
    if (isRename(request)) lost.add(pathname)
    return response
  }
}

export const nameBreaks: readonly Break[] = [
  changes(
    'knows no UTF-7',
    (header) =>
      Object.fromEntries(
        [suggested, relative, requested].flatMap((name) => {
          const raw = header(name)
          return raw === null ? [] : [[name, encodeUtf7(raw)]]
        }),
      ),
    ['names', 'rename'],
  ),
  changes('cuts names off at the first dot', (header) => {
    const raw = header(relative)
    return raw === null ? {} : { [relative]: raw.replace(/\..*/, '') }
  }),
  { does: 'fails for names that it does not like', groups: ['names', 'rename'], make: rejects },
  { does: 'makes a better name where it should refuse one', groups: ['names'], make: repairs },
  changes('takes an extension for a whole name', (header) =>
    header(suggested)?.startsWith('.') ? { [suggested]: `whole${header(suggested)}` } : {},
  ),
  changes('overwrites what has the suggested name', (header) => {
    const raw = header(suggested)
    return raw === null || header(relative) ? {} : { [suggested]: undefined, [relative]: raw, [overwrite]: 'true' }
  }),
  changes('overwrites without being asked', (header) => (header(relative) ? { [overwrite]: 'true' } : {})),
  changes('never overwrites', () => ({ [overwrite]: undefined })),
  changes('takes one of two targets', (header) => (header(relative) ? { [suggested]: undefined } : {})),
  {
    does: 'makes up a name',
    groups: ['names'],
    make: rewrites((request) =>
      overrideOf(request) === 'PUT_RELATIVE' && !request.headers.has(suggested) && !request.headers.has(relative)
        ? withHeaders(request, { [suggested]: 'made-up.txt' })
        : request,
    ),
  },
  {
    does: 'loses the content of new files',
    groups: ['names'],
    make: rewrites((request) =>
      overrideOf(request) === 'PUT_RELATIVE' ? withBody(request, new Uint8Array(1)) : request,
    ),
  },
  {
    does: 'makes no file beside one that is held',
    groups: ['names'],
    make: (next) => async (request) =>
      overrideOf(request) === 'PUT_RELATIVE' && (await heldBy(next, request.clone())) ? plain(409) : next(request),
  },
  { does: 'renames nothing', groups: ['rename'], make: answersWith(isRename, () => plain(200, '{"Name":"other"}')) },
  { does: 'renames nothing and says so', groups: ['rename'], make: answersWith(isRename, () => plain(500)) },
  { does: 'gives a renamed file another address', groups: ['rename'], make: losing },
  {
    does: 'names a renamed file with its extension',
    groups: ['rename'],
    make: (next) => async (request) => {
      const response = await next(request)
      if (!isRename(request) || response.status !== 200) return response
      const { Name } = (await response.json()) as { Name: string }
      return altered(response, { body: JSON.stringify({ Name: `${Name}.txt` }) })
    },
  },
]
