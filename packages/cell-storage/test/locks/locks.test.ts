import { describe, expect, test } from 'vitest'
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

const schema = '29358EC1-E813-4793-8E70-ED0344E7B73C'
const otherSchema = '11111111-E813-4793-8E70-ED0344E7B73C'
const exclusive = '22222222-E813-4793-8E70-ED0344E7B73C'

const people = { ann: 'Ann', bob: 'Bob', eve: 'Eve' } as const
type Name = keyof typeof people

const callerOf = (name: Name, canWrite = true): Caller => ({
  login: name,
  name: people[name],
  isAnonymous: false,
  canWrite,
})

/** A file whose locks are asked for by several people, each with one client that is called as they are. */
function office({
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
const beginnings = {
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

type Beginning = keyof typeof beginnings
type Row = readonly [
  kind: 'coauth' | 'schemaLock' | 'exclusiveLock',
  type: string,
  beginning: Beginning,
  code: string,
  attributes?: Attributes | undefined,
  more?: Attributes,
]

const joined = (status: string) => ({ LockType: 'SchemaLock', CoauthStatus: status, TransitionID: 'the transition' })
const already = 'FileAlreadyLockedOnServer'

const rows: readonly Row[] = [
  ['coauth', 'JoinCoauthoring', 'nobody holds', 'Success', joined('Alone')],
  ['coauth', 'JoinCoauthoring', 'the caller shares', 'Success', joined('Alone')],
  ['coauth', 'JoinCoauthoring', 'another one shares', 'Success', joined('Coauthoring')],
  [
    'coauth',
    'JoinCoauthoring',
    'another one shares',
    'Success',
    joined('Coauthoring'),
    { SchemaLockID: schema.toLowerCase() },
  ],
  ['coauth', 'JoinCoauthoring', 'another one shares by another schema', already],
  ['coauth', 'JoinCoauthoring', 'another one has alone', already],
  [
    'coauth',
    'JoinCoauthoring',
    'the caller has alone',
    'Success',
    {
      LockType: 'ExclusiveLock',
      CoauthStatus: 'None',
      TransitionID: 'the transition',
      ExclusiveLockReturnReason: 'CurrentUserHasExclusiveLock',
    },
  ],
  ['coauth', 'ExitCoauthoring', 'nobody holds', 'Success'],
  ['coauth', 'ExitCoauthoring', 'the caller shares', 'Success'],
  ['coauth', 'ExitCoauthoring', 'the caller and another one share', 'Success'],
  ['coauth', 'ExitCoauthoring', 'another one shares', 'InvalidCoauthSession'],
  ['coauth', 'ExitCoauthoring', 'another one has alone', 'Success'],
  ['coauth', 'ExitCoauthoring', 'another one shares by another schema', already],
  ['coauth', 'ExitCoauthoring', 'two others share by another schema', 'Success'],
  ['coauth', 'RefreshCoauthoring', 'the caller shares', 'Success', { LockType: 'SchemaLock', CoauthStatus: 'Alone' }],
  ['coauth', 'RefreshCoauthoring', 'nobody holds', 'Success', { LockType: 'SchemaLock', CoauthStatus: 'Alone' }],
  [
    'coauth',
    'RefreshCoauthoring',
    'the caller and another one share',
    'Success',
    { LockType: 'SchemaLock', CoauthStatus: 'Coauthoring' },
  ],
  ['coauth', 'RefreshCoauthoring', 'another one has alone', already],
  ['coauth', 'RefreshCoauthoring', 'the caller has alone', already],
  ['coauth', 'RefreshCoauthoring', 'another one shares by another schema', already],
  ['coauth', 'ConvertToExclusive', 'the caller shares', 'Success'],
  ['coauth', 'ConvertToExclusive', 'nobody holds', 'InvalidCoauthSession'],
  ['coauth', 'ConvertToExclusive', 'another one shares', 'InvalidCoauthSession'],
  ['coauth', 'ConvertToExclusive', 'another one has alone', 'InvalidCoauthSession'],
  ['coauth', 'ConvertToExclusive', 'another one shares by another schema', 'InvalidCoauthSession'],
  ['coauth', 'ConvertToExclusive', 'the caller and another one share', 'MultipleClientsInCoauthSession'],
  [
    'coauth',
    'ConvertToExclusive',
    'the caller and another one share',
    'ExitCoauthSessionAsConvertToExclusiveFailed',
    undefined,
    { ReleaseLockOnConversionToExclusiveFailure: 'true' },
  ],
  ['coauth', 'CheckLockAvailability', 'nobody holds', 'Success'],
  ['coauth', 'CheckLockAvailability', 'another one shares', 'Success'],
  ['coauth', 'CheckLockAvailability', 'another one shares by another schema', already],
  ['coauth', 'CheckLockAvailability', 'another one has alone', already],
  ['coauth', 'MarkTransitionComplete', 'the caller shares', 'Success'],
  ['coauth', 'MarkTransitionComplete', 'nobody holds', 'InvalidCoauthSession'],
  ['coauth', 'MarkTransitionComplete', 'another one shares', 'InvalidCoauthSession'],
  ['coauth', 'GetCoauthoringStatus', 'the caller shares', 'Success', { CoauthStatus: 'Alone' }],
  ['coauth', 'GetCoauthoringStatus', 'the caller and another one share', 'Success', { CoauthStatus: 'Coauthoring' }],
  ['coauth', 'GetCoauthoringStatus', 'nobody holds', 'Success', { CoauthStatus: 'None' }],
  ['coauth', 'GetCoauthoringStatus', 'another one shares', 'Success', { CoauthStatus: 'None' }],
  ['schemaLock', 'GetLock', 'nobody holds', 'Success', { LockType: 'SchemaLock' }],
  ['schemaLock', 'GetLock', 'another one shares', 'Success', { LockType: 'SchemaLock' }],
  ['schemaLock', 'GetLock', 'another one shares by another schema', already],
  ['schemaLock', 'GetLock', 'another one has alone', already],
  ['schemaLock', 'ReleaseLock', 'the caller shares', 'Success'],
  ['schemaLock', 'ReleaseLock', 'nobody holds', 'Success'],
  ['schemaLock', 'ReleaseLock', 'another one shares', 'InvalidCoauthSession'],
  ['schemaLock', 'RefreshLock', 'the caller shares', 'Success', { LockType: 'SchemaLock' }],
  ['schemaLock', 'RefreshLock', 'another one has alone', already],
  ['schemaLock', 'ConvertToExclusive', 'the caller shares', 'Success'],
  ['schemaLock', 'ConvertToExclusive', 'the caller and another one share', 'MultipleClientsInCoauthSession'],
  ['schemaLock', 'CheckLockAvailability', 'another one shares', 'Success'],
  ['schemaLock', 'CheckLockAvailability', 'another one has alone', already],
  ['exclusiveLock', 'GetLock', 'nobody holds', 'Success'],
  ['exclusiveLock', 'GetLock', 'the caller has alone', 'Success'],
  ['exclusiveLock', 'GetLock', 'another one has alone', already],
  ['exclusiveLock', 'GetLock', 'the caller shares', already],
  ['exclusiveLock', 'ReleaseLock', 'the caller has alone', 'Success'],
  ['exclusiveLock', 'ReleaseLock', 'nobody holds', 'FileNotLockedOnServer'],
  ['exclusiveLock', 'ReleaseLock', 'another one has alone', already],
  ['exclusiveLock', 'ReleaseLock', 'another one shares', already],
  ['exclusiveLock', 'RefreshLock', 'the caller has alone', 'Success'],
  ['exclusiveLock', 'RefreshLock', 'nobody holds', 'Success'],
  ['exclusiveLock', 'RefreshLock', 'another one has alone', already],
  ['exclusiveLock', 'RefreshLock', 'another one shares', already],
  [
    'exclusiveLock',
    'ConvertToSchemaJoinCoauth',
    'the caller has alone',
    'Success',
    { CoauthStatus: 'Alone', TransitionID: 'the transition' },
  ],
  ['exclusiveLock', 'ConvertToSchemaJoinCoauth', 'nobody holds', 'FileNotLockedOnServer'],
  ['exclusiveLock', 'ConvertToSchemaJoinCoauth', 'another one has alone', already],
  ['exclusiveLock', 'ConvertToSchemaJoinCoauth', 'another one shares', already],
  ['exclusiveLock', 'ConvertToSchema', 'the caller has alone', 'Success'],
  ['exclusiveLock', 'ConvertToSchema', 'nobody holds', 'FileNotLockedOnServer'],
  ['exclusiveLock', 'CheckLockAvailability', 'nobody holds', 'Success'],
  ['exclusiveLock', 'CheckLockAvailability', 'the caller has alone', 'Success'],
  ['exclusiveLock', 'CheckLockAvailability', 'another one has alone', already],
  ['exclusiveLock', 'CheckLockAvailability', 'another one shares', already],
]

const cases = rows.map(([kind, type, beginning, code, attributes, more]) => ({
  kind,
  type,
  beginning,
  code,
  attributes,
  more,
}))

/** Who holds a file, in short. */
const heldBy = (state: LockState) =>
  state?.kind === 'shared' ? state.clients.map(({ clientId }) => clientId) : state ? `${state.user} alone` : 'nobody'

describe('A request for a lock', () => {
  test.each(cases)(
    '$kind $type, where $beginning: $code',
    async ({ kind, type, beginning, code, attributes, more }) => {
      const o = office()
      await beginnings[beginning](o)
      const before = await o.state()
      const answer = await o[kind]('ann', type, more)
      expect(answer.errorCode).toBe(code)
      if (attributes) expect(answer.attributes).toEqual(attributes)
      else expect(answer.attributes).toBeUndefined()
      if (code === already) expect(answer.errorMessage).toMatch(/Bob|Ann/)
      if (code !== 'Success' && code !== 'ExitCoauthSessionAsConvertToExclusiveFailed')
        expect(await o.state()).toEqual(before)
    },
  )

  test.each([
    ['coauth', 'ExitCoauthoring', 'the caller shares', 'nobody'],
    ['coauth', 'ExitCoauthoring', 'the caller and another one share', ['bob']],
    ['coauth', 'JoinCoauthoring', 'another one shares', ['bob', 'ann']],
    ['coauth', 'ConvertToExclusive', 'the caller shares', 'ann alone'],
    ['coauth', 'JoinCoauthoring', 'the caller has alone', 'ann alone'],
    ['schemaLock', 'ReleaseLock', 'the caller shares', 'nobody'],
    ['exclusiveLock', 'ReleaseLock', 'the caller has alone', 'nobody'],
    ['exclusiveLock', 'ConvertToSchema', 'the caller has alone', ['ann']],
  ] as const)('%s %s, where %s, leaves the file held by %j', async (kind, type, beginning, held) => {
    const o = office()
    await beginnings[beginning](o)
    await o[kind]('ann', type)
    expect(heldBy(await o.state())).toEqual(held)
  })

  test('to convert that fails takes the client out of the session, where that is asked for', async () => {
    const o = office()
    await beginnings['the caller and another one share'](o)
    await o.coauth('ann', 'ConvertToExclusive', { ReleaseLockOnConversionToExclusiveFailure: 'true' })
    expect(heldBy(await o.state())).toEqual(['bob'])
  })

  test('says what it lacks, and how long a lock may last', async () => {
    const o = office()
    expect((await o.coauth('ann', 'JoinCoauthoring', { SchemaLockID: '' })).errorCode).toBe('InvalidArgument')
    expect((await o.coauth('ann', 'Unheard')).errorCode).toBe('InvalidArgument')
    expect((await o.coauth('ann', 'toString')).errorCode).toBe('InvalidArgument')
    expect((await o.ask('ann', 'ExclusiveLock', {})).errorCode).toBe('InvalidArgument')
    for (const [timeout, code] of [
      ['59', 'InvalidArgument'],
      ['60', 'Success'],
      ['120000', 'Success'],
      ['120001', 'InvalidArgument'],
      ['x', 'InvalidArgument'],
    ] as const) {
      expect((await o.coauth('ann', 'JoinCoauthoring', { Timeout: timeout })).errorCode, timeout).toBe(code)
    }
    expect((await o.coauth('ann', 'ExitCoauthoring', { Timeout: 'x' })).errorCode).toBe('Success')
  })

  test('is refused about a file that is not there, and to who may not write', async () => {
    const { ask } = office()
    const attributes = { ExclusiveLockRequestType: 'GetLock', ExclusiveLockID: exclusive, Timeout: '3600' }
    expect((await ask('ann', 'ExclusiveLock', attributes, { exists: false })).errorCode).toBe(
      'FileNotExistsOrCannotBeCreated',
    )
    expect((await ask('ann', 'ExclusiveLock', attributes, { canWrite: false })).errorCode).toBe(
      'FileUnauthorizedAccess',
    )
  })

  test('to join a session that is full is refused, but not to who is in it', async () => {
    const o = office({ mostClients: 2 })
    await beginnings['the caller and another one share'](o)
    expect((await o.coauth('eve', 'JoinCoauthoring')).errorCode).toBe('NumberOfCoauthorsReachedMax')
    expect((await o.coauth('ann', 'JoinCoauthoring')).errorCode).toBe('Success')
  })

  test('where nobody may share a file takes it alone, or fails, as the client wants it', async () => {
    const o = office({ allowsCoauth: false })
    expect((await o.coauth('ann', 'JoinCoauthoring')).errorCode).toBe('FileNotLockedOnServer')
    const alone = { AllowFallbackToExclusive: 'true' }
    expect((await o.coauth('ann', 'JoinCoauthoring', { ...alone, ExclusiveLockID: '' })).errorCode).toBe(
      'InvalidArgument',
    )
    expect(await o.coauth('ann', 'JoinCoauthoring', alone)).toEqual({
      errorCode: 'Success',
      attributes: {
        LockType: 'ExclusiveLock',
        CoauthStatus: 'None',
        TransitionID: 'the transition',
        ExclusiveLockReturnReason: 'CoauthoringDisabled',
      },
    })
    expect((await o.exclusiveLock('ann', 'ConvertToSchema')).errorCode).toBe('LockNotConvertedAsCoauthDisabled')
    await o.exclusiveLock('ann', 'ReleaseLock')
    expect((await o.schemaLock('ann', 'GetLock', alone)).attributes).toEqual({
      LockType: 'ExclusiveLock',
      ExclusiveLockReturnReason: 'CoauthoringDisabled',
    })
  })

  test('while a lock of WOPI is held is refused with who holds it', async () => {
    const o = office({ foreign: { id: 'wopi', userName: 'Eve' } })
    for (const kind of ['coauth', 'schemaLock', 'exclusiveLock'] as const) {
      expect(await o[kind]('ann', 'CheckLockAvailability')).toEqual({ errorCode: already, errorMessage: 'Eve' })
    }
  })
})

describe('A lock', () => {
  test('ends when its time is over, for each client of a session by itself', async () => {
    const o = office()
    await o.coauth('ann', 'JoinCoauthoring', { Timeout: '60' })
    await o.coauth('bob', 'JoinCoauthoring', { Timeout: '120' })
    o.clock.now += 59_999
    expect((await o.coauth('bob', 'GetCoauthoringStatus')).attributes).toEqual({ CoauthStatus: 'Coauthoring' })
    o.clock.now += 1
    expect((await o.coauth('bob', 'GetCoauthoringStatus')).attributes).toEqual({ CoauthStatus: 'Alone' })
    o.clock.now += 60_000
    expect((await o.exclusiveLock('eve', 'GetLock', { Timeout: '60' })).errorCode).toBe('Success')
    o.clock.now += 60_000
    expect((await o.exclusiveLock('ann', 'GetLock', { ExclusiveLockID: otherSchema })).errorCode).toBe('Success')
  })

  test('is made longer by refreshing it, but never shorter', async () => {
    const o = office()
    await o.coauth('ann', 'JoinCoauthoring', { Timeout: '3600' })
    await o.coauth('ann', 'RefreshCoauthoring', { Timeout: '60' })
    o.clock.now += 3_599_000
    await o.schemaLock('ann', 'RefreshLock', { Timeout: '60' })
    o.clock.now += 59_000
    expect(await o.keptOut()).toBe('Ann')
  })

  test('keeps everybody from putting but who names it', async () => {
    const o = office()
    expect(await o.keptOut('anything')).toBeUndefined()
    await o.exclusiveLock('ann', 'GetLock')
    expect(await o.keptOut()).toBe('Ann')
    expect(await o.keptOut(schema)).toBe('Ann')
    expect(await o.keptOut(exclusive.toLowerCase())).toBeUndefined()
    await o.exclusiveLock('ann', 'ConvertToSchema')
    await o.coauth('bob', 'JoinCoauthoring')
    expect(await o.keptOut(exclusive)).toBe('Ann, Bob')
    expect(await o.keptOut(schema)).toBeUndefined()
    o.setForeign({ id: 'wopi', userName: 'Eve' })
    expect(await o.keptOut(schema)).toBe('Eve')
    expect(await o.keptOut('wopi')).toBeUndefined()
  })

  test('says who is alone: not while somebody has come who has not been taken notice of', async () => {
    const o = office()
    const alone = async (name: Name) => (await o.ask(name, 'AmIAlone', { TransitionID: 'the transition' })).attributes
    expect(await alone('ann')).toEqual({ AmIAlone: 'True' })
    await o.coauth('ann', 'JoinCoauthoring')
    expect(await alone('ann')).toEqual({ AmIAlone: 'True' })
    await o.coauth('bob', 'JoinCoauthoring')
    expect(await alone('ann')).toEqual({ AmIAlone: 'False' })
    await o.coauth('bob', 'ExitCoauthoring')
    expect(await alone('ann')).toEqual({ AmIAlone: 'False' })
    await o.coauth('ann', 'MarkTransitionComplete')
    expect(await alone('ann')).toEqual({ AmIAlone: 'True' })
  })

  test('says what it is, by numbers', async () => {
    const o = office()
    const status = async () => (await o.ask('ann', 'LockStatus', {})).attributes
    expect(await status()).toEqual({ LockType: '0' })
    await o.exclusiveLock('ann', 'GetLock')
    expect(await status()).toEqual({ LockType: '2', LockID: exclusive, LockedBy: 'Ann' })
    await o.exclusiveLock('ann', 'ConvertToSchema')
    expect(await status()).toEqual({ LockType: '1', LockID: schema, LockedBy: 'Ann' })
  })

  test('is given to one of many who ask at once', async () => {
    const o = office()
    const asked = await Promise.all(
      (['ann', 'bob', 'eve'] as const).map((name) => o.exclusiveLock(name, 'GetLock', { ExclusiveLockID: name })),
    )
    expect(asked.filter(({ errorCode }) => errorCode === 'Success')).toHaveLength(1)
  })
})
