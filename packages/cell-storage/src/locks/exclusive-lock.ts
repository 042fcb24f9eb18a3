import {
  changed,
  endOf,
  type LockOutcome,
  type LockQuestion,
  type LockRow,
  refused,
  said,
  unchanged,
} from './lock-request.ts'
import { type ExclusiveLock, holderOf, isSameLock, type LockState } from './lock-state.ts'

/** The caller's own lock. `undefined`: another one holds, or none. */
function ownIn(question: LockQuestion): ExclusiveLock | undefined {
  const { state } = question
  return state?.kind === 'exclusive' && isSameLock(state.id, said(question, 'ExclusiveLockID')) ? state : undefined
}

const held = (state: NonNullable<LockState>) => refused('FileAlreadyLockedOnServer', holderOf(state))

/** Takes the lock, or keeps it for longer. */
function take(question: LockQuestion): LockOutcome {
  const { state, user } = question
  const own = ownIn(question)
  if (state && !own) return held(state)
  const expiresAt = Math.max(endOf(question), own?.expiresAt ?? 0)
  return changed({
    kind: 'exclusive',
    id: said(question, 'ExclusiveLockID'),
    user: user.login,
    userName: user.name,
    expiresAt,
  })
}

function release(question: LockQuestion): LockOutcome {
  const { state } = question
  if (!state) return refused('FileNotLockedOnServer')
  return ownIn(question) ? changed(undefined) : held(state)
}

/** Makes the lock one that others may share. */
const convert =
  (hasStatus: boolean) =>
  (question: LockQuestion): LockOutcome => {
    const { state, user, allowsCoauth, transitionId } = question
    if (!state) return refused('FileNotLockedOnServer')
    if (!ownIn(question)) return held(state)
    if (!allowsCoauth) return refused('LockNotConvertedAsCoauthDisabled')
    const client = {
      clientId: said(question, 'ClientID'),
      user: user.login,
      userName: user.name,
      expiresAt: endOf(question),
    }
    const next = {
      kind: 'shared',
      schemaLockId: said(question, 'SchemaLockID'),
      clients: [client],
      isInTransition: false,
    } as const
    return changed(next, hasStatus ? { CoauthStatus: 'Alone', TransitionID: transitionId } : undefined)
  }

const check = (question: LockQuestion): LockOutcome =>
  !question.state || ownIn(question) ? unchanged() : held(question.state)

const conversion = ['ExclusiveLockID', 'Timeout', 'SchemaLockID', 'ClientID']

/** What a client does that wants a file to itself, by `ExclusiveLockRequestType`. */
export const exclusiveLockRequests: Readonly<Record<string, LockRow>> = {
  GetLock: { needs: ['ExclusiveLockID', 'Timeout'], rule: take },
  ReleaseLock: { needs: ['ExclusiveLockID'], rule: release },
  RefreshLock: { needs: ['ExclusiveLockID', 'Timeout'], rule: take },
  ConvertToSchemaJoinCoauth: { needs: conversion, rule: convert(true), presence: 'comes' },
  ConvertToSchema: { needs: conversion, rule: convert(false), presence: 'comes' },
  CheckLockAvailability: { needs: ['ExclusiveLockID'], rule: check },
}
