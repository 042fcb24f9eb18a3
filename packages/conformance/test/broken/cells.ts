import { altered, answersWith, type Break, type Next, overrideOf, plain, tellsOf, withBody } from './break.ts'

const isCells = (request: Request) => overrideOf(request) === 'COBALT'
const isRelative = (request: Request) => isCells(request) && request.headers.has('X-WOPI-RelativeTarget')

const wrong = (does: string, make: Break['make']): Break => ({ does, groups: ['cells'], make })

/** The answer of cell storage with something else in place of some of its text. */
export const answering =
  (change: (text: string, request: Request) => string) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    if (!isCells(request)) return response
    return altered(response, { body: change(await response.text(), request) })
  }

/** Passes bodies on with something else in place of some of their text. */
const asking =
  (change: (text: string) => string) =>
  (next: Next): Next =>
  async (request) =>
    isCells(request) ? next(withBody(request, Buffer.from(change(await request.text())))) : next(request)

const success = '<SubResponse SubRequestToken="1" ErrorCode="Success" HResult="0"></SubResponse>'

/** Wrong about the protocol that is carried inside. */
export const cellBreaks: readonly Break[] = [
  wrong(
    'answers no body of cell storage',
    answersWith(isCells, () => plain(404)),
  ),
  wrong(
    'says that all in cell storage went well',
    answersWith(isCells, () => plain(200, success)),
  ),
  wrong('promises cell storage without having it', (next) =>
    tellsOf((info) => ({ ...info, SupportsCobalt: true }))(answersWith(isCells, () => plain(501))(next)),
  ),
  wrong(
    'says of nothing in cell storage that it went well',
    answering((text) => text.replaceAll('ErrorCode="Success"', 'ErrorCode="Unknown"')),
  ),
  wrong(
    'answers only the first sub-request',
    answering((text) => text.replace(/(<\/SubResponse>).*<\/Response>/, '$1</Response>')),
  ),
  wrong(
    'has one Etag for all',
    answering((text) => text.replace(/ Etag="[^"]*"/g, ' Etag="x"')),
  ),
  wrong('has an Etag for each answer', (next) => {
    let count = 0
    return answering((text) => text.replace(/ Etag="[^"]*"/g, ` Etag="${++count}"`))(next)
  }),
  wrong(
    'puts nothing',
    asking((text) => text.replace(/CJcwB0AHIAMQ/, 'CJcwB0AHIAMg').replace(/SGVsbG8s/, 'SGFsbG8s')),
  ),
  wrong(
    'makes the file that is asked for',
    (next) => async (request) => (isRelative(request) ? plain(200, success) : next(request)),
  ),
  wrong(
    'forgets the locks of cell storage',
    asking((text) => text.replace('JoinCoauthoring', 'CheckLockAvailability')),
  ),
  wrong(
    'knows no versions of files',
    tellsOf((info) => ({ ...info, Version: 'x' })),
  ),
  wrong(
    'puts cells whatever the client takes the file for',
    asking((text) => text.replace(/ Etag="[^"]*"/g, '').replace(/ ExpectNoFileExists="[^"]*"/g, '')),
  ),
  wrong(
    'knows no other name',
    answering((text) => text.replace(/ SuggestedFileName="[^"]*"/, '')),
  ),
  wrong(
    'tells its own time of a put',
    asking((text) => text.replace(/ LastModifiedTime="[^"]*"/, '')),
  ),
  wrong(
    'takes no lock with a put',
    asking((text) => (text.includes('Type="Cell"') ? text.replace(/ ExclusiveLockID="[^"]*"/, '') : text)),
  ),
  wrong(
    'cannot be asked for properties',
    answering((text) =>
      /PropertyIds|RequestNotSupported/.test(text) ? text.replace(/ErrorCode="\w+"/, 'ErrorCode="Unknown"') : text,
    ),
  ),
]
