import { encodeUtf7 } from '@openwopi/protocol'
import { altered, answersWith, overrideOf, plain, rewrites, withHeaders } from './break.ts'
import { type Fault, fault } from './fault.ts'

const suggested = 'X-WOPI-SuggestedTarget'
const relative = 'X-WOPI-RelativeTarget'
const overwrite = 'X-WOPI-OverwriteRelativeTarget'
const requested = 'X-WOPI-RequestedName'

const is = (override: string) => (request: Request) => overrideOf(request) === override
const isRelative = is('PUT_RELATIVE')

/** What hand-written hosts get wrong about names. */
export const nameFaults: readonly Fault[] = [
  fault(
    'takes UTF-7 in RenameFile for the name itself',
    'A name with accents becomes that of the file, which keeps its extension.',
    rewrites((request) => {
      const raw = request.headers.get(requested)
      return is('RENAME_FILE')(request) && raw !== null
        ? withHeaders(request, { [requested]: encodeUtf7(raw) })
        : request
    }),
  ),
  fault(
    'fails for a dot in a name',
    'A name with a dot in it becomes that of the file, which keeps its extension.',
    answersWith(
      (request) => is('RENAME_FILE')(request) && /\w\.\w/.test(request.headers.get(requested) ?? ''),
      () => plain(500),
    ),
  ),
  fault(
    'gives a renamed file with its extension as the name',
    'The answer to RenameFile names the file without its extension.',
    (next) => async (request) => {
      const response = await next(request)
      if (!is('RENAME_FILE')(request) || response.status !== 200) return response
      const body = (await response.json()) as { Name: string }
      return altered(response, { body: JSON.stringify({ ...body, Name: `${body.Name}.txt` }) })
    },
  ),
  fault(
    'overwrites what has the suggested name',
    'A suggested target that is taken becomes another name with the same extension.',
    rewrites((request) => {
      const raw = request.headers.get(suggested)
      if (!isRelative(request) || raw === null || raw.startsWith('.') || request.headers.has(relative)) return request
      if (!/^openwopi-check-[\w-]+\.txt$/.test(raw)) return request
      return withHeaders(request, { [suggested]: undefined, [relative]: raw, [overwrite]: 'true' })
    }),
  ),
  fault(
    'overwrites what has exactly the name without being told to',
    'A relative target that is taken is refused with 409, and its content stays.',
    rewrites((request) =>
      isRelative(request) && request.headers.has(relative) ? withHeaders(request, { [overwrite]: 'true' }) : request,
    ),
  ),
  fault(
    'refuses a suggested name that is no name',
    'A suggested target that holds a slash becomes a file with a better name.',
    answersWith(
      (request) => isRelative(request) && (request.headers.get(suggested) ?? '').includes('/'),
      () => plain(400),
    ),
  ),
  fault(
    'takes an extension alone for a name',
    'A suggested target that begins with a dot is an extension for the name of the file.',
    rewrites((request) => {
      const raw = request.headers.get(suggested)
      return isRelative(request) && raw?.startsWith('.')
        ? withHeaders(request, { [suggested]: `extension${raw}` })
        : request
    }),
  ),
]
