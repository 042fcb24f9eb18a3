import { type Locks, memoryLocks } from '@openwopi/host'
import {
  also,
  altered,
  answersWith,
  heldBy,
  type Next,
  overrideOf,
  plain,
  rewrites,
  withBody,
  withHeaders,
} from './break.ts'
import { type Fault, fault } from './fault.ts'

const is = (override: string) => (request: Request) => overrideOf(request) === override

/** Answers an operation with 200 where the right host refuses it with 409, on a file in some state. */
const agreesWhen =
  (override: string, isMeant: (held: string, request: Request) => boolean) =>
  (next: Next): Next =>
  async (request) => {
    if (overrideOf(request) !== override) return next(request)
    const held = await heldBy(next, request)
    const response = await next(request)
    return response.status === 409 && isMeant(held, request) ? plain(200) : response
  }

const isUnlocked = (held: string) => held === ''
const isHeldByAnother = (held: string) => held !== ''

/** Does what it should refuse, with the lock that is held or one of its own. */
const savesWhen =
  (isMeant: (held: string) => boolean) =>
  (next: Next): Next =>
  async (request) => {
    if (overrideOf(request) !== 'PUT') return next(request)
    const content = new Uint8Array(await request.arrayBuffer())
    const held = await heldBy(next, request)
    const response = await next(withBody(request, content))
    const isForTheLock = response.status === 409 && response.headers.has('X-WOPI-Lock')
    if (!isForTheLock || !isMeant(held)) return response
    if (!held) await next(also(request, 'LOCK', 'its own'))
    const saved = await next(also(request, 'PUT', held || 'its own', content))
    if (!held) await next(also(request, 'UNLOCK', 'its own'))
    return saved
  }

const changesLocks = (change: (lock: string) => string) =>
  rewrites((request) => {
    const changes = ['X-WOPI-Lock', 'X-WOPI-OldLock'].flatMap((name) => {
      const lock = request.headers.get(name)
      return lock ? [[name, change(lock)]] : []
    })
    return withHeaders(request, Object.fromEntries(changes))
  })

/** Locks that a restart can take away. */
function forgettingLocks(): Locks & { forget(): void } {
  let locks = memoryLocks()
  return {
    read: (id) => locks.read(id),
    swap: (...asked) => locks.swap(...asked),
    forget() {
      locks = memoryLocks()
    },
  }
}

const forgetful = forgettingLocks()

/** Of requests that come while another is under way, all win. */
const racing =
  (override: string) =>
  (next: Next): Next => {
    let underway = 0
    return async (request) => {
      if (overrideOf(request) !== override) return next(request)
      const isRace = ++underway > 1
      await new Promise((resolve) => setImmediate(resolve))
      const response = await next(request)
      underway--
      return isRace && response.status === 409 ? plain(200) : response
    }
  }

/** What hand-written hosts get wrong about locks. */
export const lockFaults: readonly Fault[] = [
  fault(
    'answers UnlockAndRelock with 409',
    'UnlockAndRelock on a file that is held with that id succeeds.',
    rewrites((request) =>
      is('RELOCK')(request) && request.headers.get('X-WOPI-Lock')
        ? withHeaders(request, { 'X-WOPI-OldLock': 'another' })
        : request,
    ),
  ),
  fault(
    'takes UnlockAndRelock from any lock',
    'UnlockAndRelock on a file that is held with another id is refused with 409.',
    agreesWhen('RELOCK', isHeldByAnother),
  ),
  fault(
    'answers Lock without an id with 409',
    'Lock without X-WOPI-Lock is refused as malformed.',
    answersWith(
      (request) => is('LOCK')(request) && !request.headers.get('X-WOPI-Lock'),
      () => plain(409),
    ),
  ),
  fault(
    'answers Unlock on an unlocked file with 200',
    'Unlock on a file that is unlocked is refused with 409.',
    agreesWhen('UNLOCK', isUnlocked),
  ),
  fault(
    'makes a lock of RefreshLock on an unlocked file',
    'RefreshLock on a file that is unlocked is refused with 409.',
    (next) => async (request) => {
      if (!is('REFRESH_LOCK')(request) || (await heldBy(next, request))) return next(request)
      return next(withHeaders(request, { 'X-WOPI-Override': 'LOCK' }))
    },
  ),
  fault(
    'answers GetLock on an unlocked file with 404',
    'GetLock on a file that nobody holds answers 200 and an empty X-WOPI-Lock.',
    (next) => async (request) => {
      const response = await next(request)
      return is('GET_LOCK')(request) && !response.headers.get('X-WOPI-Lock') ? plain(404) : response
    },
  ),
  fault(
    'saves to an unlocked file that is not empty',
    'PutFile on a file that is unlocked is refused with 409.',
    savesWhen(isUnlocked),
  ),
  fault(
    'saves with a wrong lock',
    'PutFile on a file that is held with another id is refused with 409.',
    savesWhen(isHeldByAnother),
  ),
  fault(
    'leaves X-WOPI-Lock away from the 409 of PutFile',
    'The 409 of PutFile names the lock that is held.',
    (next) => async (request) => {
      const response = await next(request)
      const isRefused = is('PUT')(request) && response.status === 409
      return isRefused ? altered(response, { headers: { 'X-WOPI-Lock': undefined } }) : response
    },
  ),
  fault(
    'refuses a second Lock with the same id',
    'Lock on a file that is held with that id succeeds.',
    (next) => async (request) => {
      if (!is('LOCK')(request)) return next(request)
      const held = await heldBy(next, request)
      return held ? altered(plain(409), { headers: { 'X-WOPI-Lock': held } }) : next(request)
    },
  ),
  fault(
    'cuts lock ids off at 256 characters',
    'A lock id of 1,024 characters is accepted where SupportsExtendedLockLength is promised.',
    changesLocks((lock) => (lock.length > 1024 ? lock : lock.slice(0, 256))),
  ),
  fault(
    'compares lock ids without regard to case',
    'A lock id in upper case is another lock id.',
    changesLocks((lock) => lock.toLowerCase()),
  ),
  fault(
    'lets every Lock win that comes while another is under way',
    'Of two Locks with different ids at the same time, one wins.',
    racing('LOCK'),
  ),
  fault('forgets its locks when it is started anew', 'A lock holds after a restart.', (next) => next, {
    kind: { ports: { locks: forgetful } },
    options: (options) => ({ ...options, restart: async () => forgetful.forget() }),
  }),
  fault(
    'never lets a lock end',
    'A lock that nobody renewed is gone after half an hour: RefreshLock is refused and anybody may lock.',
    (next) => next,
    { kind: { ports: { lockLifetime: 10 * 3_600_000 } } },
  ),
  fault('loses the lock of a file that is renamed', 'A lock outlives a rename.', (next) => async (request) => {
    const again = request
    const response = await next(request)
    if (!is('RENAME_FILE')(again) || response.status !== 200) return response
    const held = await heldBy(next, again)
    if (held) await next(also(again, 'UNLOCK', held))
    return response
  }),
]
