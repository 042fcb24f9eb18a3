import {
  also,
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
  withHeaders,
} from './break.ts'

const operations = ['LOCK', 'REFRESH_LOCK', 'UNLOCK', 'RELOCK', 'PUT', 'RENAME_FILE'] as const

const refusing = operations.map(
  (operation): Break => ({
    does: `refuses ${operation} with 409`,
    groups: ['locks'],
    make: answersWith(
      (request) => overrideOf(request) === operation,
      () => plain(409),
    ),
  }),
)

/** A Lock that succeeds leaves nothing to take. */
const takes = (operation: string): Break[] =>
  operation === 'LOCK'
    ? []
    : [
        {
          does: `locks the file in ${operation}`,
          groups: ['locks'],
          make: (next) => async (request) => {
            const again = request.clone()
            const response = await next(request)
            if (overrideOf(again) === operation) await next(also(again, 'LOCK', 'stolen'))
            return response
          },
        },
      ]

/** After an operation, whatever it answered, the lock is not what it should be. */
const after = operations.flatMap((operation): Break[] => [
  {
    does: `loses the lock in ${operation}`,
    groups: ['locks'],
    make: (next) => async (request) => {
      const again = request.clone()
      const response = await next(request)
      if (overrideOf(again) === operation) {
        const held = await heldBy(next, again)
        if (held) await next(also(again, 'UNLOCK', held))
      }
      return response
    },
  },
  ...takes(operation),
])

/** Lock ids become others on their way in. */
const mangled = (does: string, change: (lock: string) => string): Break => ({
  does,
  groups: ['locks'],
  make: rewrites((request) => {
    const changes = ['X-WOPI-Lock', 'X-WOPI-OldLock'].flatMap((name) => {
      const lock = request.headers.get(name)
      return lock ? [[name, change(lock)]] : []
    })
    return withHeaders(request, Object.fromEntries(changes))
  }),
})

const writesAnyway =
  (next: Next): Next =>
  async (request) => {
    const again = request.clone()
    const response = await next(request)
    if (overrideOf(again) !== 'PUT' || response.status !== 409) return response
    const held = await heldBy(next, again)
    const body = new Uint8Array(await again.clone().arrayBuffer())
    if (!held) await next(also(again, 'LOCK', 'mine'))
    await next(also(again, 'PUT', held || 'mine', body))
    if (!held) await next(also(again, 'UNLOCK', 'mine'))
    return response
  }

export const lockBreaks: readonly Break[] = [
  ...refusing,
  ...after,
  {
    does: 'refuses a second Lock with the same id',
    groups: ['locks'],
    make: (next) => async (request) => {
      if (overrideOf(request) !== 'LOCK') return next(request)
      return (await heldBy(next, request.clone())) ? plain(409) : next(request)
    },
  },
  {
    does: 'never refuses anything for a lock',
    groups: ['locks', 'names'],
    make: (next) => async (request) => {
      const response = await next(request)
      return response.status === 409 ? plain(200) : response
    },
  },
  {
    does: 'does not say which lock is held',
    groups: ['locks', 'names', 'delete'],
    make: (next) => async (request) => {
      const response = await next(request)
      return response.status === 409 ? altered(response, { headers: { 'X-WOPI-Lock': undefined } }) : response
    },
  },
  { does: 'writes what it refuses', groups: ['locks', 'versions'], make: writesAnyway },
  mangled('cuts lock ids off at 100 characters', (lock) => lock.slice(0, 100)),
  mangled('takes lock ids without their quotation marks', (lock) => lock.replaceAll('"', '')),
  mangled('decodes lock ids', (lock) => lock.replace(/%([0-9a-f]{2})/gi, (_, hex) => `<${hex}>`)),
  mangled('compares lock ids without regard to case', (lock) => lock.toLowerCase()),
  mangled('compares the beginning of lock ids', (lock) => lock.slice(0, 24)),
  {
    does: 'fails for a lock id that is not ASCII',
    groups: ['locks'],
    make: answersWith(
      (request) => /[^\x20-\x7e]/.test(request.headers.get('X-WOPI-Lock') ?? ''),
      () => plain(500),
    ),
  },
  {
    does: 'has no GetLock for a file that nobody holds',
    groups: ['locks'],
    make: (next) => async (request) => {
      const response = await next(request)
      return overrideOf(request) === 'GET_LOCK' && !response.headers.get('X-WOPI-Lock') ? plain(404) : response
    },
  },
  {
    does: 'answers GetLock with nothing',
    groups: ['locks'],
    make: answersWith(
      (request) => overrideOf(request) === 'GET_LOCK',
      () => plain(200),
    ),
  },
  {
    does: 'lets nobody read what is locked',
    groups: ['locks'],
    make: (next) => async (request) => {
      if (!isInfo(request) && !isContents(request)) return next(request)
      return (await heldBy(next, request)) ? plain(423) : next(request)
    },
  },
  {
    does: 'answers UnlockAndRelock without doing it',
    groups: ['locks'],
    make: answersWith(
      (request) => overrideOf(request) === 'RELOCK',
      () => plain(200),
    ),
  },
  {
    does: 'does not say that it takes long lock ids',
    groups: ['locks'],
    make: tellsOf(({ SupportsExtendedLockLength: _, ...info }) => info),
  },
]
