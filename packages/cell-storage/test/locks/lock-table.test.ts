import { describe, expect, test } from 'vitest'
import type { Attributes } from '../../src/index.ts'
import { beginnings, heldBy, office, schema } from './office.ts'

type Kind = 'coauth' | 'schemaLock' | 'exclusiveLock'
type Beginning = keyof typeof beginnings
type Row = readonly [beginning: Beginning, code: string, attributes?: Attributes | undefined, more?: Attributes]

const joined = (status: string) => ({ LockType: 'SchemaLock', CoauthStatus: status, TransitionID: 'the transition' })
const already = 'FileAlreadyLockedOnServer'

/** What each request is answered, by how the file is held before. */
const table: Readonly<Record<Kind, Readonly<Record<string, readonly Row[]>>>> = {
  coauth: {
    JoinCoauthoring: [
      ['nobody holds', 'Success', joined('Alone')],
      ['the caller shares', 'Success', joined('Alone')],
      ['another one shares', 'Success', joined('Coauthoring')],
      ['another one shares', 'Success', joined('Coauthoring'), { SchemaLockID: schema.toLowerCase() }],
      ['another one shares by another schema', already],
      ['another one has alone', already],
      [
        'the caller has alone',
        'Success',
        {
          LockType: 'ExclusiveLock',
          CoauthStatus: 'None',
          TransitionID: 'the transition',
          ExclusiveLockReturnReason: 'CurrentUserHasExclusiveLock',
        },
      ],
    ],
    ExitCoauthoring: [
      ['nobody holds', 'Success'],
      ['the caller shares', 'Success'],
      ['the caller and another one share', 'Success'],
      ['another one shares', 'InvalidCoauthSession'],
      ['another one has alone', 'Success'],
      ['another one shares by another schema', already],
      ['two others share by another schema', 'Success'],
    ],
    RefreshCoauthoring: [
      ['the caller shares', 'Success', { LockType: 'SchemaLock', CoauthStatus: 'Alone' }],
      ['nobody holds', 'Success', { LockType: 'SchemaLock', CoauthStatus: 'Alone' }],
      ['the caller and another one share', 'Success', { LockType: 'SchemaLock', CoauthStatus: 'Coauthoring' }],
      ['another one has alone', already],
      ['the caller has alone', already],
      ['another one shares by another schema', already],
    ],
    ConvertToExclusive: [
      ['the caller shares', 'Success'],
      ['nobody holds', 'InvalidCoauthSession'],
      ['another one shares', 'InvalidCoauthSession'],
      ['another one has alone', 'InvalidCoauthSession'],
      ['another one shares by another schema', 'InvalidCoauthSession'],
      ['the caller and another one share', 'MultipleClientsInCoauthSession'],
      [
        'the caller and another one share',
        'ExitCoauthSessionAsConvertToExclusiveFailed',
        undefined,
        { ReleaseLockOnConversionToExclusiveFailure: 'true' },
      ],
    ],
    CheckLockAvailability: [
      ['nobody holds', 'Success'],
      ['another one shares', 'Success'],
      ['another one shares by another schema', already],
      ['another one has alone', already],
    ],
    MarkTransitionComplete: [
      ['the caller shares', 'Success'],
      ['nobody holds', 'InvalidCoauthSession'],
      ['another one shares', 'InvalidCoauthSession'],
    ],
    GetCoauthoringStatus: [
      ['the caller shares', 'Success', { CoauthStatus: 'Alone' }],
      ['the caller and another one share', 'Success', { CoauthStatus: 'Coauthoring' }],
      ['nobody holds', 'Success', { CoauthStatus: 'None' }],
      ['another one shares', 'Success', { CoauthStatus: 'None' }],
    ],
  },
  schemaLock: {
    GetLock: [
      ['nobody holds', 'Success', { LockType: 'SchemaLock' }],
      ['another one shares', 'Success', { LockType: 'SchemaLock' }],
      ['another one shares by another schema', already],
      ['another one has alone', already],
    ],
    ReleaseLock: [
      ['the caller shares', 'Success'],
      ['nobody holds', 'Success'],
      ['another one shares', 'InvalidCoauthSession'],
    ],
    RefreshLock: [
      ['the caller shares', 'Success', { LockType: 'SchemaLock' }],
      ['another one has alone', already],
    ],
    ConvertToExclusive: [
      ['the caller shares', 'Success'],
      ['the caller and another one share', 'MultipleClientsInCoauthSession'],
    ],
    CheckLockAvailability: [
      ['another one shares', 'Success'],
      ['another one has alone', already],
    ],
  },
  exclusiveLock: {
    GetLock: [
      ['nobody holds', 'Success'],
      ['the caller has alone', 'Success'],
      ['another one has alone', already],
      ['the caller shares', already],
    ],
    ReleaseLock: [
      ['the caller has alone', 'Success'],
      ['nobody holds', 'FileNotLockedOnServer'],
      ['another one has alone', already],
      ['another one shares', already],
    ],
    RefreshLock: [
      ['the caller has alone', 'Success'],
      ['nobody holds', 'Success'],
      ['another one has alone', already],
      ['another one shares', already],
    ],
    ConvertToSchemaJoinCoauth: [
      ['the caller has alone', 'Success', { CoauthStatus: 'Alone', TransitionID: 'the transition' }],
      ['nobody holds', 'FileNotLockedOnServer'],
      ['another one has alone', already],
      ['another one shares', already],
    ],
    ConvertToSchema: [
      ['the caller has alone', 'Success'],
      ['nobody holds', 'FileNotLockedOnServer'],
    ],
    CheckLockAvailability: [
      ['nobody holds', 'Success'],
      ['the caller has alone', 'Success'],
      ['another one has alone', already],
      ['another one shares', already],
    ],
  },
}

const cases = Object.entries(table).flatMap(([kind, types]) =>
  Object.entries(types).flatMap(([type, rows]) =>
    rows.map(([beginning, code, attributes, more]) => ({
      kind: kind as Kind,
      type,
      beginning,
      code,
      attributes,
      more,
    })),
  ),
)

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
})
