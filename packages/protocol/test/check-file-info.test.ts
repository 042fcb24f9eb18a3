import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CheckFileInfo,
  canEdit,
  checkFileInfoBody,
  decode,
  encode,
  filePropertyEntries,
  type PropertyRow,
  readCheckFileInfo,
  writeCheckFileInfo,
} from '../src/index.ts'

const least: CheckFileInfo = { BaseFileName: 'a.docx', OwnerId: 'o', Size: 0, UserId: 'u', Version: '1' }

/** Values that a property can have and that say something. */
const valuesOf = (row: PropertyRow): fc.Arbitrary<unknown> => {
  const kinds: Record<PropertyRow['kind'], fc.Arbitrary<unknown>> = {
    bool: row.explicit ? fc.boolean() : fc.constant(true),
    text: fc.string({ minLength: 1 }),
    integer: fc.maxSafeNat().filter((value) => value !== 0 && value !== row.default),
    url: fc.webUrl({ withQueryParameters: true }),
    instant: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
    choice: fc.constantFrom(...(row.choices ?? [''])),
    texts: fc.array(fc.string(), { minLength: 1 }),
    object: fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.string(), { noNullPrototype: true }),
  }
  return kinds[row.kind]
}
const anyInfo = fc.record(Object.fromEntries(filePropertyEntries.map(([name, row]) => [name, valuesOf(row)])), {
  requiredKeys: filePropertyEntries.filter(([, row]) => row.required).map(([name]) => name),
}) as fc.Arbitrary<CheckFileInfo | Record<string, unknown>> as fc.Arbitrary<CheckFileInfo>

describe('the table of properties', () => {
  test.each(filePropertyEntries)('%s says in one sentence what it is, and who reads it', (_, row) => {
    expect(row.says).toMatch(/^[A-Z`].*[a-zA-Z0-9`)]\.$/)
    expect(row.readBy.length).toBeGreaterThan(0)
    expect(row.kind === 'choice').toBe(row.choices !== undefined)
  })

  test('five properties are required', () => {
    const required = filePropertyEntries.filter(([, row]) => row.required).map(([name]) => name)
    expect(required.toSorted()).toEqual(['BaseFileName', 'OwnerId', 'Size', 'UserId', 'Version'])
  })
})

describe('CheckFileInfo', () => {
  test('what a host says is what a client understands', async () => {
    await fc.assert(
      fc.asyncProperty(anyInfo, async (info) => {
        const { headers, body } = encode({ info: checkFileInfoBody }, { info })
        const response = new Response(String(body), { headers })
        expect(await decode({ info: checkFileInfoBody }, response)).toEqual({ info })
        expect(readCheckFileInfo(JSON.parse(String(body))).problems).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  test('what says nothing is not sent', () => {
    const info = {
      ...least,
      ReadOnly: false,
      HostEditUrl: '',
      CloseUrl: undefined,
      FileNameMaxLength: 250,
      SequenceNumber: 0,
      WorkflowType: [],
      SupportsCoauth: false,
      UserInfo: null as unknown as string,
    }
    expect(writeCheckFileInfo(info)).toEqual(least)
  })

  test('what some client takes an absent one to mean otherwise is sent all the same', () => {
    const info = {
      ...least,
      UserCanNotWriteRelative: false,
      DisableChangeTrackingRecord: false,
      FileNameMaxLength: 100,
    }
    expect(writeCheckFileInfo(info)).toEqual(info)
  })

  test('properties of others pass through both ways', () => {
    const info = { ...least, contoso_Rating: 0, contoso_Tags: ['a'] }
    expect(writeCheckFileInfo(info)).toEqual(info)
    expect(readCheckFileInfo(info)).toEqual({ info, problems: [] })
  })

  test.each(['BaseFileName', 'OwnerId', 'Size', 'UserId', 'Version'])('%s cannot be missing', (name) => {
    expect(() => readCheckFileInfo({ ...least, [name]: undefined })).toThrow(new SyntaxError(`${name} is missing`))
    expect(() => readCheckFileInfo({ ...least, [name]: null })).toThrow(new SyntaxError(`${name} is missing`))
  })

  test.each([
    ['Size is not a whole number', { Size: '12' }],
    ['Size is not a whole number', { Size: -1 }],
    ['Size is not a whole number', { Size: 1.5 }],
    ['Size is not a whole number', { Size: 2 ** 60 }],
    ['Version is not text', { Version: 7 }],
    ['BaseFileName is not text', { BaseFileName: ['a'] }],
  ])('%s: %j', (message, wrong) => {
    expect(() => readCheckFileInfo({ ...least, ...wrong })).toThrow(new SyntaxError(message))
  })

  test.each([null, undefined, 'text', 1, true, [least]])('%j is no answer', (json) => {
    expect(() => readCheckFileInfo(json)).toThrow('the answer of CheckFileInfo is not a JSON object')
  })

  test.each([
    ['UserCanWrite is not true or false', { UserCanWrite: 'true' }],
    ['CloseUrl is not an absolute http or https address', { CloseUrl: 'javascript:alert(1)' }],
    ['HostEditUrl is not an absolute http or https address', { HostEditUrl: '/edit/1' }],
    ['LastModifiedTime is not a time in ISO 8601', { LastModifiedTime: 'yesterday' }],
    ['SupportedShareUrlTypes is not a list of texts', { SupportedShareUrlTypes: 'ReadOnly' }],
    ['WorkflowType is not a list of texts', { WorkflowType: ['Assign', 1] }],
    ['RequestedCallThrottling is not one of its values', { RequestedCallThrottling: 'Extreme' }],
    ['UserExtraInfo is not an object', { UserExtraInfo: [] }],
  ])('%s, so it counts as absent', (problem, wrong) => {
    expect(readCheckFileInfo({ ...least, ...wrong })).toEqual({ info: least, problems: [problem] })
  })

  test('a name that is all but right is pointed out', () => {
    const { problems } = readCheckFileInfo({ ...least, UserCanwrite: true, CloseURL: 'https://host/' })
    expect(problems).toEqual(['UserCanwrite is no property; UserCanWrite is', 'CloseURL is no property; CloseUrl is'])
  })

  test('the misprint of the specification is understood', () => {
    const { info, problems } = readCheckFileInfo({ ...least, LicenseCheckInEditIsEnabled: true })
    expect(info).toEqual({ ...least, LicenseCheckForEditIsEnabled: true })
    expect(problems).toEqual([])
  })

  test('a time is kept as it was written, since Collabora compares it as text', () => {
    const LastModifiedTime = '2009-06-15T13:45:30.0000000Z'
    expect(readCheckFileInfo({ ...least, LastModifiedTime }).info.LastModifiedTime).toBe(LastModifiedTime)
  })

  test('no answer changes what objects are', () => {
    const json: unknown = JSON.parse(`${JSON.stringify(least).slice(0, -1)},"__proto__":{"UserCanWrite":true}}`)
    const { info } = readCheckFileInfo(json)
    expect(info.UserCanWrite).toBeUndefined()
    expect(Object.getPrototypeOf(info)).toBe(Object.prototype)
  })

  test('whatever JSON arrives is either understood or refused as malformed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        try {
          readCheckFileInfo(json)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
    )
  })
})

describe('whether the user can edit', () => {
  const can = { SupportsUpdate: true, UserCanWrite: true }
  const against = ['ReadOnly', 'WebEditingDisabled', 'TemporarilyNotWritable', 'UserCanOnlyComment'] as const

  test('a user who can write a file that can be updated can edit it', () => {
    expect(canEdit({ ...least, ...can })).toBe(true)
    expect(canEdit({ ...least, ...can, RestrictedWebViewOnly: true })).toBe(true)
  })

  test.each(['SupportsUpdate', 'UserCanWrite'])('without %s nobody can', (name) => {
    expect(canEdit({ ...least, ...can, [name]: false })).toBe(false)
  })

  test.each(against)('with %s nobody can', (name) => {
    expect(canEdit({ ...least, ...can, [name]: true })).toBe(false)
  })
})
