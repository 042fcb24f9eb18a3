import { describe, expect, test } from 'vitest'
import { beginnings, exclusive, heldBy, office } from './office.ts'

const already = 'FileAlreadyLockedOnServer'

describe('A request for a lock', () => {
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
