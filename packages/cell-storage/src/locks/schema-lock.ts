import {
  changed,
  endOf,
  type LockOutcome,
  type LockQuestion,
  type LockRow,
  refused,
  said,
  says,
  unchanged,
} from './lock-request.ts'
import { holderOf, isSameLock, type LockState, type SessionClient, type SharedLock } from './lock-state.ts'

const held = (state: NonNullable<LockState>) => refused('FileAlreadyLockedOnServer', holderOf(state))

/** The lock that clients share which name this schema lock. `undefined`: another one holds, or none. */
function sessionIn(question: LockQuestion): SharedLock | undefined {
  const { state } = question
  return state?.kind === 'shared' && isSameLock(state.schemaLockId, said(question, 'SchemaLockID')) ? state : undefined
}

const isCaller =
  (question: LockQuestion) =>
  ({ clientId }: SessionClient) =>
    clientId === said(question, 'ClientID')

/** The caller as one of a session, whose stay ends at the later of two instants. */
function callerOf(question: LockQuestion, before?: SessionClient): SessionClient {
  const { login, name } = question.user
  const expiresAt = Math.max(endOf(question), before?.expiresAt ?? 0)
  return { clientId: said(question, 'ClientID'), user: login, userName: name, expiresAt }
}

/** Whether a client is alone in its session, as answers say it. */
const statusOf = ({ clients }: SharedLock) => (clients.length > 1 ? 'Coauthoring' : 'Alone')

/** What a shared lock is answered with. Answers about schema locks say less. */
type Say = (question: LockQuestion, session: SharedLock) => LockOutcome['attributes']

/** Joins the session, or stays in it for longer, or takes the file exclusively where nobody may share it. */
const join =
  (say: Say, sayExclusive: (question: LockQuestion) => LockOutcome['attributes']) =>
  (question: LockQuestion): LockOutcome => {
    const { state, allowsCoauth, mostClients, user } = question
    if (state?.kind === 'exclusive') {
      if (state.user !== user.login) return held(state)
      return unchanged({ ...sayExclusive(question), ExclusiveLockReturnReason: 'CurrentUserHasExclusiveLock' })
    }
    const session = sessionIn(question)
    if (state && !session) return held(state)
    if (!allowsCoauth) return session ? held(session) : fallBack(question, sayExclusive)
    const others = (session?.clients ?? []).filter((client) => !isCaller(question)(client))
    const before = session?.clients.find(isCaller(question))
    if (!before && others.length >= mostClients) return refused('NumberOfCoauthorsReachedMax')
    const isSecond = !before && others.length === 1
    const next: SharedLock = {
      kind: 'shared',
      schemaLockId: said(question, 'SchemaLockID'),
      clients: [...others, callerOf(question, before)],
      isInTransition: isSecond || (session?.isInTransition ?? false),
    }
    return changed(next, say(question, next))
  }

function fallBack(question: LockQuestion, say: (question: LockQuestion) => LockOutcome['attributes']): LockOutcome {
  if (!says(question, 'AllowFallbackToExclusive')) return refused('FileNotLockedOnServer')
  const id = said(question, 'ExclusiveLockID')
  if (id === '') return refused('InvalidArgument', 'ExclusiveLockID is missing.')
  const { login, name } = question.user
  return changed(
    { kind: 'exclusive', id, user: login, userName: name, expiresAt: endOf(question) },
    { ...say(question), ExclusiveLockReturnReason: 'CoauthoringDisabled' },
  )
}

/** Leaves the session. The last one takes the lock along. */
function leave(question: LockQuestion): LockOutcome {
  const { state } = question
  const session = sessionIn(question)
  if (!session) return state?.kind === 'shared' && state.clients.length === 1 ? held(state) : unchanged()
  const clients = session.clients.filter((client) => !isCaller(question)(client))
  if (clients.length === session.clients.length) return refused('InvalidCoauthSession')
  return changed(clients.length > 0 ? { ...session, clients } : undefined)
}

/** Makes a lock that the caller alone has left into an exclusive one. */
function convert(question: LockQuestion): LockOutcome {
  const session = sessionIn(question)
  const caller = session?.clients.find(isCaller(question))
  if (!session || !caller) return refused('InvalidCoauthSession')
  if (session.clients.length === 1) {
    const { clientId: _, ...owner } = callerOf(question)
    return changed({ kind: 'exclusive', id: said(question, 'ExclusiveLockID'), ...owner })
  }
  if (!says(question, 'ReleaseLockOnConversionToExclusiveFailure')) return refused('MultipleClientsInCoauthSession')
  const clients = session.clients.filter((client) => client !== caller)
  return { ...refused('ExitCoauthSessionAsConvertToExclusiveFailed'), next: { state: { ...session, clients } } }
}

/** Whether a session could be joined. */
function check(question: LockQuestion): LockOutcome {
  const { state } = question
  const isOwn = state?.kind === 'exclusive' && isSameLock(state.id, question.attributes['ExclusiveLockID'] ?? '')
  return !state || sessionIn(question) || isOwn ? unchanged() : held(state)
}

function markTransitionComplete(question: LockQuestion): LockOutcome {
  const session = sessionIn(question)
  if (!session?.clients.some(isCaller(question))) return refused('InvalidCoauthSession')
  return changed({ ...session, isInTransition: false })
}

function status(question: LockQuestion): LockOutcome {
  const session = sessionIn(question)
  const isIn = session?.clients.some(isCaller(question)) ?? false
  return unchanged({ CoauthStatus: session && isIn ? statusOf(session) : 'None' })
}

const sayJoined: Say = ({ transitionId }, session) => ({
  LockType: 'SchemaLock',
  CoauthStatus: statusOf(session),
  TransitionID: transitionId,
})
const sayExclusive = ({ transitionId }: LockQuestion) => ({
  LockType: 'ExclusiveLock',
  CoauthStatus: 'None',
  TransitionID: transitionId,
})
const sayRefreshed: Say = (_, session) => ({ LockType: 'SchemaLock', CoauthStatus: statusOf(session) })
const sayLocked: Say = () => ({ LockType: 'SchemaLock' })
const sayLockedExclusively = () => ({ LockType: 'ExclusiveLock' })

/** A session is refreshed as it is joined, but a lock of one client alone is in the way. */
const refresh =
  (say: Say) =>
  (question: LockQuestion): LockOutcome =>
    question.state?.kind === 'exclusive' ? held(question.state) : join(say, sayLockedExclusively)(question)

const conversion = [
  'ClientID',
  'SchemaLockID',
  'Timeout',
  'ExclusiveLockID',
  'ReleaseLockOnConversionToExclusiveFailure',
]

/** What clients do that work on a file together, by `CoauthRequestType`. */
export const coauthRequests: Readonly<Record<string, LockRow>> = {
  JoinCoauthoring: {
    needs: ['ClientID', 'SchemaLockID', 'Timeout'],
    rule: join(sayJoined, sayExclusive),
    presence: 'comes',
  },
  ExitCoauthoring: { needs: ['ClientID', 'SchemaLockID'], rule: leave, presence: 'goes' },
  RefreshCoauthoring: {
    needs: ['ClientID', 'SchemaLockID', 'Timeout'],
    rule: refresh(sayRefreshed),
    presence: 'comes',
  },
  ConvertToExclusive: { needs: conversion, rule: convert },
  CheckLockAvailability: { needs: ['SchemaLockID'], rule: check },
  MarkTransitionComplete: { needs: ['ClientID', 'SchemaLockID'], rule: markTransitionComplete },
  GetCoauthoringStatus: { needs: ['ClientID', 'SchemaLockID'], rule: status },
}

/** What clients do with the lock that they share, by `SchemaLockRequestType`. */
export const schemaLockRequests: Readonly<Record<string, LockRow>> = {
  GetLock: {
    needs: ['ClientID', 'SchemaLockID', 'Timeout'],
    rule: join(sayLocked, sayLockedExclusively),
    presence: 'comes',
  },
  ReleaseLock: { needs: ['ClientID', 'SchemaLockID'], rule: leave, presence: 'goes' },
  RefreshLock: { needs: ['ClientID', 'SchemaLockID', 'Timeout'], rule: refresh(sayLocked), presence: 'comes' },
  ConvertToExclusive: { needs: conversion, rule: convert },
  CheckLockAvailability: { needs: ['SchemaLockID'], rule: check },
}
