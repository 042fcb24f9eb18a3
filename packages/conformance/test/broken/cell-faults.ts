import { answersWith, overrideOf, plain } from './break.ts'
import { answering } from './cells.ts'
import { type Fault, fault } from './fault.ts'

const isCells = (request: Request) => overrideOf(request) === 'COBALT'

/** What hosts with cell storage get wrong. */
export const cellFaults: readonly Fault[] = [
  fault(
    'puts every answer in an envelope',
    'A body of cell storage that is two elements with none around them is answered by one of the same form.',
    answering((text) =>
      text.startsWith('<ResponseVersion') ? `<s:Envelope xmlns:s="x"><s:Body>${text}</s:Body></s:Envelope>` : text,
    ),
  ),
  fault(
    'answers 400 to a body that is none',
    'A body of cell storage that is no XML is refused with 500.',
    (next) => async (request) => {
      const response = await next(request)
      return isCells(request) && response.status === 500 ? plain(400) : response
    },
  ),
  fault(
    'tells the time of Unix',
    'ServerTime in cell storage is the time at the host, in ticks since the year 1.',
    answering((text) => text.replace(/ServerTime="\d+"/, `ServerTime="${Date.now()}"`)),
  ),
  fault(
    'knows nobody',
    'WhoAmI in cell storage names the login of the user.',
    answering((text) => text.replace(/ UserLogin="[^"]*"/, '')),
  ),
  fault(
    'locks what clients of cell storage hold',
    'Lock on a file that clients of cell storage hold is refused with 409, which names no lock.',
    (next) => async (request) => {
      const response = await next(request)
      const isOther = response.headers.has('X-WOPI-LockedByOtherInterface')
      return overrideOf(request) === 'LOCK' && isOther ? plain(200) : response
    },
  ),
  fault(
    'lets clients of cell storage take what is locked',
    'A file that is locked is not taken by clients of cell storage: FileAlreadyLockedOnServer.',
    answering((text) => text.replaceAll('FileAlreadyLockedOnServer', 'Success')),
  ),
  fault(
    'does not look beside a file',
    'ExecuteCellStorageRelativeRequest is about the file of that name beside the one that is addressed.',
    (next) => async (request) => {
      const isRelative = overrideOf(request) === 'COBALT' && request.headers.has('X-WOPI-RelativeTarget')
      if (!isRelative) return next(request)
      const headers = new Headers(request.headers)
      headers.delete('X-WOPI-RelativeTarget')
      return next(new Request(request, { headers }))
    },
  ),
  fault(
    'promises cell storage and has none',
    'ExecuteCellStorageRequest does not answer 501 where CheckFileInfo promises it.',
    answersWith(isCells, () => plain(501)),
  ),
]
