import {
  type Attributes,
  type Caller,
  type CellLocks,
  keptOutBy,
  type LockState,
  lockHandlers,
  memoryCellLocks,
  type SubAnswer,
  type SubRequestType,
} from '../../src/index.ts'

export const schema = '29358EC1-E813-4793-8E70-ED0344E7B73C'
export const otherSchema = '11111111-E813-4793-8E70-ED0344E7B73C'
export const exclusive = '22222222-E813-4793-8E70-ED0344E7B73C'

const people = { ann: 'Ann', bob: 'Bob', eve: 'Eve' } as const
export type Name = keyof typeof people

const callerOf = (name: Name, canWrite = true): Caller => ({
  login: name,
  name: people[name],
  isAnonymous: false,
  canWrite,
})

/** A file whose locks are asked for by several people, each with one client that is called as they are. */
export function office({
  allowsCoauth = true,
  mostClients = 10,
  foreign = undefined as { id: string; userName: string } | undefined,
} = {}) {
  const clock = { now: 1_000_000 }
  let foreignLock = foreign
  const locks: CellLocks = memoryCellLocks(async () => foreignLock)
  const scopeOf = (name: Name, canWrite: boolean, exists: boolean) => ({
    locks,
    file: '42',
    exists: async () => exists,
    caller: callerOf(name, canWrite),
    transitionId: 'the transition',
    allowsCoauth,
    mostClients,
    now: () => clock.now,
  })
  const ask = (
    name: Name,
    type: SubRequestType,
    attributes: Attributes,
    { canWrite = true, exists = true } = {},
  ): Promise<SubAnswer> => {
    const handlers = lockHandlers(scopeOf(name, canWrite, exists))
    const handler = handlers[type as keyof typeof handlers]
    return handler({ type, token: '1', attributes, propertyIds: [] }, { minorVersion: 2, request: {} })
  }
  const all = {
    SchemaLockID: schema,
    ExclusiveLockID: exclusive,
    Timeout: '3600',
    ReleaseLockOnConversionToExclusiveFailure: 'false',
  }
  return {
    clock,
    locks,
    ask,
    setForeign(lock: typeof foreignLock) {
      foreignLock = lock
    },
    coauth: (name: Name, type: string, more: Attributes = {}) =>
      ask(name, 'Coauth', { ...all, ClientID: name, CoauthRequestType: type, ...more }),
    schemaLock: (name: Name, type: string, more: Attributes = {}) =>
      ask(name, 'SchemaLock', { ...all, ClientID: name, SchemaLockRequestType: type, ...more }),
    exclusiveLock: (name: Name, type: string, more: Attributes = {}) =>
      ask(name, 'ExclusiveLock', { ...all, ClientID: name, ExclusiveLockRequestType: type, ...more }),
    keptOut: (lock?: string) => keptOutBy({ locks, file: '42', now: () => clock.now }, lock),
    state: () => locks.read('42'),
  }
}

type Office = ReturnType<typeof office>

/** How the file is held before a request. */
export const beginnings = {
  'nobody holds': async () => undefined,
  'the caller shares': (o: Office) => o.coauth('ann', 'JoinCoauthoring'),
  'another one shares': (o: Office) => o.coauth('bob', 'JoinCoauthoring'),
  'the caller and another one share': async (o: Office) => {
    await o.coauth('ann', 'JoinCoauthoring')
    return o.coauth('bob', 'JoinCoauthoring')
  },
  'another one shares by another schema': (o: Office) =>
    o.coauth('bob', 'JoinCoauthoring', { SchemaLockID: otherSchema }),
  'two others share by another schema': async (o: Office) => {
    await o.coauth('bob', 'JoinCoauthoring', { SchemaLockID: otherSchema })
    return o.coauth('eve', 'JoinCoauthoring', { SchemaLockID: otherSchema })
  },
  'the caller has alone': (o: Office) => o.exclusiveLock('ann', 'GetLock'),
  'another one has alone': (o: Office) => o.exclusiveLock('bob', 'GetLock', { ExclusiveLockID: otherSchema }),
} as const

/** Who holds a file, in short. */
export const heldBy = (state: LockState) =>
  state?.kind === 'shared' ? state.clients.map(({ clientId }) => clientId) : state ? `${state.user} alone` : 'nobody'
