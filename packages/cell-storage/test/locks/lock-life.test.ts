import { describe, expect, test } from 'vitest'
import { exclusive, type Name, office, otherSchema, schema } from './office.ts'

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

  test('says that WOPI has it, whose lock it tells by its id if clients of cell storage can read that', async () => {
    const o = office({ foreign: { id: 'a lock of WOPI', userName: 'Eve' } })
    const status = async () => (await o.ask('ann', 'LockStatus', {})).attributes
    expect(await status()).toEqual({ LockType: '2', LockID: undefined, LockedBy: 'Eve' })
    o.setForeign({ id: schema, userName: 'Eve' })
    expect(await status()).toEqual({ LockType: '2', LockID: schema, LockedBy: 'Eve' })
  })

  test('is given to one of many who ask at once', async () => {
    const o = office()
    const asked = await Promise.all(
      (['ann', 'bob', 'eve'] as const).map((name) => o.exclusiveLock(name, 'GetLock', { ExclusiveLockID: name })),
    )
    expect(asked.filter(({ errorCode }) => errorCode === 'Success')).toHaveLength(1)
  })
})
