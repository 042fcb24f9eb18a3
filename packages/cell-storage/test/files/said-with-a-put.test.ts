import { describe, expect, test } from 'vitest'
import * as vectors from '../vectors.ts'
import { office, subRequest } from './office.ts'

const put = (attributes: Readonly<Record<string, string>> = {}) =>
  subRequest('Cell', { BinaryDataSize: '1', ...attributes }, vectors.putChanges)
const query = (attributes: Readonly<Record<string, string>> = {}) =>
  subRequest('Cell', { BinaryDataSize: '1', GetFileProps: 'true', ...attributes }, vectors.queryChanges)
const about = subRequest('GetDocMetaInfo')

const attributeOf = (answer: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(answer)?.[1]
const metaOf = (answer: string, key: string) => new RegExp(`Key="${key}" Value="([^"]*)"`).exec(answer)?.[1]

/** 2 March 2020, and some hundreds of nanoseconds. */
const ticks = '132275808001234567'

describe('What a client says of a file with a put', () => {
  test('is told again: the time of the change, the change, and what the client calls the file', async () => {
    const { ask } = office()
    const said = { LastModifiedTime: ticks, ContentChangeUnit: 'unit &amp; 1', ClientFileID: '{c1}', GetFileProps: '1' }
    const { code, answer } = await ask(put(said))
    expect(code).toBe('Success')
    expect(attributeOf(answer, 'LastModifiedTime')).toBe(ticks)
    expect(attributeOf((await ask(query())).answer, 'LastModifiedTime')).toBe(ticks)
    const told = (await ask(about)).answer
    expect(metaOf(told, 'vti_timelastmodified')).toBe('TR|02 Mar 2020 00:00:00 -0000')
    expect(metaOf(told, 'vti_contentchangeunit')).toBe('SR|unit &amp; 1')
    expect(metaOf(told, 'vti_clientid')).toBe('SR|{c1}')
  })

  test('is about that content: of what comes after it, by whatever way, the time is another one', async () => {
    const { ask, file } = office()
    await ask(put({ LastModifiedTime: ticks, ClientFileID: 'c1', ContentChangeUnit: 'u1' }))
    file.put(Buffer.from('by another way'))
    expect(attributeOf((await ask(query())).answer, 'LastModifiedTime')).not.toBe(ticks)
    await ask(put({ ContentChangeUnit: 'u2' }))
    const told = (await ask(about)).answer
    expect(metaOf(told, 'vti_timelastmodified')).toBe('TR|14 Nov 2023 22:13:20 -0000')
    expect(metaOf(told, 'vti_clientid')).toBe('SR|c1')
    expect(metaOf(told, 'vti_contentchangeunit')).toBe('SR|u2')
  })

  test('is not kept of a put that fails, or of a question', async () => {
    const { ask } = office({ bytes: Buffer.from('x') })
    await ask(put({ ClientFileID: 'c1', Etag: '&quot;another&quot;' }))
    await ask(query({ ClientFileID: 'c2', LastModifiedTime: ticks }))
    const told = (await ask(about)).answer
    expect(metaOf(told, 'vti_clientid')).toBeUndefined()
    expect(metaOf(told, 'vti_timelastmodified')).toBe('TR|14 Nov 2023 22:13:20 -0000')
  })

  test.each([
    ['a time that is no number', { LastModifiedTime: 'yesterday' }],
    ['a time before time began', { LastModifiedTime: '-1' }],
    ['a time that no calendar has', { LastModifiedTime: '99999999999999999999' }],
    ['more than anybody says', { ClientFileID: 'x'.repeat(1025) }],
  ])('is refused if it is %s, and nothing is put', async (_, attributes) => {
    const { ask, file } = office()
    expect((await ask(put(attributes))).code).toBe('InvalidArgument')
    expect(file.bytes()).toBeUndefined()
  })
})

describe('A put', () => {
  test('says that the file is written, to a client that wants it written at once', async () => {
    const { ask } = office()
    expect(attributeOf((await ask(put({ Coalesce: 'true' }))).answer, 'CoalesceHResult')).toBe('0')
    expect((await ask(query({ Coalesce: 'true' }))).answer).not.toContain('Coalesce')
    expect((await ask(put())).answer).not.toContain('Coalesce')
  })

  test('is taken as well where the file is not to be written at once, and is in the file all the same', async () => {
    const { ask, file } = office()
    expect((await ask(put({ Coalesce: 'false' }))).code).toBe('Success')
    expect(Buffer.from(file.bytes() ?? []).toString()).toBe('Hello, cell storage!')
  })

  test('lets in who names the lock in either of the two places', async () => {
    const { ask } = office({ bytes: Buffer.from('x'), wopiLock: { id: 'theirs', userName: 'Bob' } })
    expect((await ask(put())).code).toBe('FileAlreadyLockedOnServer')
    expect((await ask(put({ BypassLockID: 'theirs' }))).code).toBe('Success')
    expect((await ask(put({ BypassLockID: 'another', SchemaLockID: 'theirs' }))).code).toBe('FileAlreadyLockedOnServer')
  })

  test.each([
    ['how many bytes it has', { BinaryDataSize: '123456' }],
    ['no size at all', { BinaryDataSize: '' }],
    ['a schema lock without the lock it holds', { SchemaLockID: 'x' }],
    ['a time for a lock that it does not take', { Timeout: 'soon' }],
    ['something that nobody knows', { Whatever: 'x' }],
  ])('is the same whether it says %s', async (_, attributes) => {
    const { ask } = office()
    expect((await ask(put(attributes))).code).toBe('Success')
  })

  test('tells the file that others work on it, if they do', async () => {
    const { ask, file } = office()
    const seen: unknown[] = []
    const write = file.content.write
    file.content.write = (from, pieces, how) => {
      seen.push(how)
      return write(from, pieces, how)
    }
    await ask(put({ CoauthVersioning: 'true' }))
    file.remove()
    await ask(put({ CoauthVersioning: 'false' }))
    expect(seen).toEqual([{ amongOthers: true }, { amongOthers: false }])
  })
})

describe('The lock that is taken with a save', () => {
  const lock = { ExclusiveLockID: '22222222-E813-4793-8E70-ED0344E7B73C' }
  const status = subRequest('LockStatus')

  test('is not taken by who only asks, not even by who may take none', async () => {
    const { ask } = office({ bytes: Buffer.from('x') })
    const { code, answer } = await ask(query(lock), { canWrite: false })
    expect(code).toBe('Success')
    expect(answer).not.toContain('LockType')
    expect((await ask(status)).answer).toContain('LockType="0"')
  })

  test('is held for as long as the save says, which is for no longer than locks last', async () => {
    const { ask, clock } = office()
    expect((await ask(put({ ...lock, Timeout: '59' }))).code).toBe('InvalidArgument')
    const { code, answer } = await ask(put({ ...lock, Timeout: '60' }))
    expect([code, attributeOf(answer, 'LockType')]).toEqual(['Success', 'ExclusiveLock'])
    clock.now += 59_000
    expect((await ask(status)).answer).toContain('LockType="2"')
    clock.now += 2000
    expect((await ask(status)).answer).toContain('LockType="0"')
  })
})

describe('A name for who came too late', () => {
  const asking = (subRequests: string, attributes = 'ShouldReturnDisambiguatedFileName="True"') =>
    ({ subRequests, attributes }) as const

  test('is suggested where a put finds another file, or another version of it', async () => {
    const { askAs } = office({ bytes: Buffer.from('x'), freeName: async () => 'document (2).docx' })
    const taken = await askAs(asking(put({ Etag: '', ExpectNoFileExists: 'true' })))
    expect(taken).toContain(' SuggestedFileName="document (2).docx"')
    expect(await askAs(asking(put({ Etag: '&quot;old&quot;' })))).toContain('SuggestedFileName')
  })

  test('is not suggested to who does not ask, who puts nothing, or who fails for another reason', async () => {
    const { askAs } = office({ bytes: Buffer.from('x'), freeName: async () => 'document (2).docx' })
    const late = put({ Etag: '', ExpectNoFileExists: 'true' })
    for (const attributes of ['', 'ShouldReturnDisambiguatedFileName="false"'])
      expect(await askAs(asking(late, attributes))).not.toContain('SuggestedFileName')
    for (const each of [query({ Etag: '&quot;old&quot;' }), put(), put({ PartitionID: 'x' })])
      expect(await askAs(asking(each))).not.toContain('SuggestedFileName')
  })
})
