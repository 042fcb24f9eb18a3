import { isGuid } from '../bytes/guid.ts'
import { editorOf } from '../editors/editors-handler.ts'
import { changeEditors, type EditorsTables, withEditor, withoutEditor } from '../editors/editors-table.ts'
import { failed, type SubAnswer, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import type { Attributes } from '../envelope/envelope.ts'
import type { Caller } from '../envelope/who-am-i.ts'
import { type CellLocks, type ForeignLock, isNamed } from './cell-locks.ts'
import { exclusiveLockRequests } from './exclusive-lock.ts'
import type { LockQuestion, LockRow } from './lock-request.ts'
import { isSameLock, type LockState, liveAt } from './lock-state.ts'
import { coauthRequests, schemaLockRequests } from './schema-lock.ts'

/** What requests for locks are answered from. */
export interface LockScope {
  readonly locks: CellLocks
  /** The id of the file. */
  readonly file: string
  /** Whether there is such a file. */
  readonly exists: () => Promise<boolean>
  readonly caller: Caller
  /** A GUID that stays the same for the file. */
  readonly transitionId: string
  /** Whether clients may work on the file together. */
  readonly allowsCoauth: boolean
  /** How many clients may work on a file together. */
  readonly mostClients: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Who has the file open, which those who share its lock do. Absent: that is not told. */
  readonly editors?: EditorsTables
}

/** How often somebody else may be faster. */
const mostTries = 20
/** How long a lock may last, in seconds. */
const timeouts = { least: 60, most: 120_000 }

/** The handlers of all sub-requests about locks. */
export const lockHandlers = (scope: LockScope) =>
  ({
    Coauth: requestsOf('CoauthRequestType', coauthRequests, scope),
    SchemaLock: requestsOf('SchemaLockRequestType', schemaLockRequests, scope),
    ExclusiveLock: requestsOf('ExclusiveLockRequestType', exclusiveLockRequests, scope),
    AmIAlone: async () => amIAlone(liveAt(await scope.locks.read(scope.file), scope.now())),
    LockStatus: async () =>
      foreignStatus(await scope.locks.foreign(scope.file)) ??
      lockStatus(liveAt(await scope.locks.read(scope.file), scope.now())),
  }) satisfies Readonly<Record<string, SubRequestHandler>>

/** The handler of one sub-request, of which an attribute says what it is to do. */
const requestsOf =
  (attribute: string, rows: Readonly<Record<string, LockRow>>, scope: LockScope): SubRequestHandler =>
  async ({ attributes = {} }, { minorVersion }) => {
    const type = attributes[attribute] ?? ''
    const row = Object.hasOwn(rows, type) ? rows[type] : undefined
    if (!row) return failed('InvalidArgument', `${attribute} is none of ${Object.keys(rows).join(', ')}.`)
    const wrong = wrongIn(row, attributes)
    if (wrong) return failed('InvalidArgument', wrong)
    if (!(await scope.exists())) return failed('FileNotExistsOrCannotBeCreated')
    if (!scope.caller.canWrite) return failed('FileUnauthorizedAccess')
    const answer = await carriedOut(row, attributes, scope)
    // Clients of the first version keep the table of editors themselves.
    if (answer.errorCode === 'Success' && minorVersion >= 2) await tell(row, attributes, scope)
    return answer
  }

/** Enters a client in the table of editors, or takes it out. */
async function tell({ presence }: LockRow, attributes: Attributes, scope: LockScope): Promise<void> {
  const { editors, file, caller, now } = scope
  if (!editors || !presence) return
  const instant = now()
  const clientId = attributes['ClientID'] ?? ''
  const expiresAt = instant + 1000 * Number(attributes['Timeout'] ?? 0)
  await changeEditors(editors, { file, now: instant }, (before) =>
    presence === 'comes'
      ? withEditor(before, editorOf(caller, { clientId, canWrite: true, expiresAt }))
      : withoutEditor(before, clientId),
  )
}

/** What is wrong with what a request says. `undefined`: nothing. */
function wrongIn({ needs }: LockRow, attributes: Attributes): string | undefined {
  const missing = needs.find((name) => (attributes[name] ?? '') === '')
  if (missing) return `${missing} is missing.`
  const timeout = attributes['Timeout']
  if (!needs.includes('Timeout') || timeout === undefined) return undefined
  const seconds = /^\d{1,9}$/.test(timeout) ? Number(timeout) : 0
  const isRight = seconds >= timeouts.least && seconds <= timeouts.most
  return isRight ? undefined : `Timeout is no number from ${timeouts.least} to ${timeouts.most}.`
}

async function carriedOut({ rule }: LockRow, attributes: Attributes, scope: LockScope): Promise<SubAnswer> {
  const { locks, file, caller, now, transitionId, allowsCoauth, mostClients } = scope
  const user = { login: caller.login, name: caller.name }
  for (let tries = 0; tries < mostTries; tries++) {
    const foreign = await locks.foreign(file)
    if (foreign) return failed('FileAlreadyLockedOnServer', foreign.userName)
    const before = await locks.read(file)
    const instant = now()
    const question: LockQuestion = {
      state: liveAt(before, instant),
      attributes,
      user,
      now: instant,
      transitionId,
      allowsCoauth,
      mostClients,
    }
    const { next, ...outcome } = rule(question)
    if (!next || (await locks.swap(file, before, next.state))) return outcome
  }
  return failed('CoauthRefblobConcurrencyViolation', 'Others change the lock all the time.')
}

/** Whether a client has to reckon with others. */
const amIAlone = (state: LockState): SubAnswer => {
  const isShared = state?.kind === 'shared' && (state.clients.length > 1 || state.isInTransition)
  return succeeded({ attributes: { AmIAlone: isShared ? 'False' : 'True' } })
}

/** A lock of another protocol keeps all clients of this one out. Clients read the id of a lock as a GUID, which its own need not be. */
const foreignStatus = (foreign: ForeignLock | undefined): SubAnswer | undefined =>
  foreign &&
  succeeded({
    attributes: {
      LockType: '2',
      LockID: foreign.id !== undefined && isGuid(foreign.id) ? foreign.id : undefined,
      LockedBy: foreign.userName,
    },
  })

/** Locks are named by their numbers here, which is how clients read them. */
function lockStatus(state: LockState): SubAnswer {
  if (!state) return succeeded({ attributes: { LockType: '0' } })
  if (state.kind === 'exclusive') {
    return succeeded({ attributes: { LockType: '2', LockID: state.id, LockedBy: state.userName } })
  }
  const [first] = state.clients
  return succeeded({ attributes: { LockType: '1', LockID: state.schemaLockId, LockedBy: first?.userName } })
}

/** Who keeps a client from putting content. `undefined`: nobody. `lock`: the one that the client says it holds. */
export async function keptOutBy(
  { locks, file, now }: Pick<LockScope, 'locks' | 'file' | 'now'>,
  lock: string | undefined,
): Promise<string | undefined> {
  const foreign = await locks.foreign(file)
  if (foreign) return isNamed(foreign, lock) ? undefined : foreign.userName
  const state = liveAt(await locks.read(file), now())
  if (!state) return undefined
  const id = state.kind === 'exclusive' ? state.id : state.schemaLockId
  if (lock !== undefined && isSameLock(id, lock)) return undefined
  return state.kind === 'exclusive' ? state.userName : state.clients.map(({ userName }) => userName).join(', ')
}
