import { rotatedKeys } from '../a-host.ts'
import { isContents, plain } from './break.ts'
import { type Fault, fault } from './fault.ts'

const keys = rotatedKeys()

/** Hosts that are right but for one thing about who signed a request. */
export const proofFaults: readonly Fault[] = [
  fault('looks at no proof', 'A request of which neither signature holds is refused with 500.', (next) => next, {
    kind: { keys, trusts: 'nobody' },
  }),
  fault(
    'does not know the old key',
    'A request whose X-WOPI-Proof is signed with the old key is accepted, as the client may not have rotated its keys yet.',
    (next) => next,
    { kind: { keys, trusts: 'the current key' } },
  ),
  fault(
    'answers one request once, also when it is sent again',
    'The very same signed GetFile is answered when it is sent again, as a retry is.',
    (next) => {
      const seen = new Set<string>()
      return async (request) => {
        const { headers, url, method } = request
        const key = `${method} ${url} ${headers.get('X-WOPI-Proof')} ${headers.get('X-WOPI-TimeStamp')}`
        if (seen.has(key) && isContents(request) && headers.get('X-WOPI-Proof')) return plain(500)
        seen.add(key)
        return next(request)
      }
    },
    { kind: { keys }, options: (options) => ({ ...options, now: ticking(options.now) }) },
  ),
]

/** A clock of which no two readings are the same, so that no two requests are signed alike. */
function ticking(now = Date.now): () => number {
  let last = 0
  return () => {
    last = Math.max(now(), last + 1)
    return last
  }
}
