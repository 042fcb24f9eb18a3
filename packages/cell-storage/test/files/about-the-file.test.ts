import { describe, expect, test } from 'vitest'
import { office, subRequest } from './office.ts'

const exclusive = '22222222-E813-4793-8E70-ED0344E7B73C'
const rename = (NewFileName: string, more: Readonly<Record<string, string>> = {}) =>
  subRequest('FileOperation', { FileOperation: 'Rename', NewFileName, ...more })
const lock = subRequest('ExclusiveLock', {
  ExclusiveLockRequestType: 'GetLock',
  ExclusiveLockID: exclusive,
  Timeout: '3600',
})
const join = (client: string) =>
  subRequest('Coauth', {
    CoauthRequestType: 'JoinCoauthoring',
    ClientID: client,
    SchemaLockID: '29358EC1-E813-4793-8E70-ED0344E7B73C',
    Timeout: '3600',
  })

describe('FileOperation', () => {
  test('gives the file another name', async () => {
    const { ask, file } = office({ bytes: Buffer.from('x') })
    expect((await ask(rename('Another &amp; better.docx'))).code).toBe('Success')
    expect(file.name()).toBe('Another & better.docx')
  })

  test('says what is wrong with a name, or with the request', async () => {
    const { ask, file } = office({ bytes: Buffer.from('x') })
    expect((await ask(rename(''))).code).toBe('InvalidArgument')
    expect((await ask(subRequest('FileOperation', { FileOperation: 'Shred', NewFileName: 'x' }))).code).toBe(
      'InvalidArgument',
    )
    const bad = await ask(rename('a/b.docx'))
    expect(bad.code).toBe('SubRequestFail')
    expect(bad.answer).toContain('ErrorMessage="No file can have this name."')
    const taken = await ask(rename('b.docx'), { offers: { rename: async () => 'taken' } })
    expect(taken.answer).toContain('ErrorMessage="Another file has this name."')
    expect(file.name()).toBe('document.docx')
  })

  test('is for who may write, where there is a file, and where files can be renamed', async () => {
    const { ask, file } = office({ bytes: Buffer.from('x') })
    expect((await ask(rename('b.docx'), { canWrite: false })).code).toBe('FileUnauthorizedAccess')
    expect((await ask(rename('b.docx'), { offers: {} })).code).toBe('RequestNotSupported')
    file.remove()
    expect((await ask(rename('b.docx'))).code).toBe('FileNotExistsOrCannotBeCreated')
  })

  test('is for who holds the lock, where one client has the file alone', async () => {
    const { ask } = office({ bytes: Buffer.from('x') })
    await ask(lock)
    expect((await ask(rename('b.docx'))).code).toBe('FileAlreadyLockedOnServer')
    expect((await ask(rename('b.docx', { ExclusiveLockID: exclusive.toLowerCase() }))).code).toBe('Success')
  })

  test('is for those who share the file, where some do', async () => {
    const { ask } = office({ bytes: Buffer.from('x') })
    await ask(join('bob’s'), { login: 'bob' })
    expect((await ask(rename('b.docx'))).answer).toContain('ErrorMessage="Bob"')
    await ask(join('ann’s'))
    expect((await ask(rename('b.docx'))).code).toBe('Success')
  })
})

describe('GetDocMetaInfo', () => {
  test('tells when the file was made and changed, by whom, and how large it is', async () => {
    const { ask, clock, file } = office({ bytes: Buffer.from('first') })
    clock.now += 3_600_000
    file.put(Buffer.from('second'))
    const { answer, code } = await ask('<SubRequest Type="GetDocMetaInfo" SubRequestToken="1"/>')
    expect(code).toBe('Success')
    expect(answer).toContain(
      '<SubResponseData><DocProps>' +
        '<Property Key="vti_timecreated" Value="TR|14 Nov 2023 22:13:20 -0000"/>' +
        '<Property Key="vti_timelastmodified" Value="TR|14 Nov 2023 23:13:20 -0000"/>' +
        '<Property Key="vti_filesize" Value="IR|6"/>' +
        '<Property Key="vti_author" Value="SR|Ann"/><Property Key="vti_modifiedby" Value="SR|Ann"/>' +
        '</DocProps><FolderProps/></SubResponseData>',
    )
  })

  test('fails where there is no file', async () => {
    const { ask } = office()
    expect((await ask(subRequest('GetDocMetaInfo'))).code).toBe('FileNotExistsOrCannotBeCreated')
  })
})

describe('Properties', () => {
  const properties = { RealtimeTypingEndpointUrl: 'https://example.org/typing', DocumentAccessToken: 'a "token"' }

  test('lists which there are', async () => {
    const { ask } = office({ properties })
    const { answer, code } = await ask(subRequest('Properties', { Properties: 'PropertyEnumerate' }))
    expect(code).toBe('Success')
    expect(answer).toContain(
      '<PropertyIds><PropertyId id="RealtimeTypingEndpointUrl"/><PropertyId id="DocumentAccessToken"/></PropertyIds>',
    )
  })

  test('tells those that are asked for, as far as there are any', async () => {
    const { ask } = office({ properties })
    const ids = ['DocumentAccessToken', 'toString', 'DocumentAccessTokenTtl', 'DocumentAccessToken']
    const inside = `<PropertyIds>${ids.map((id) => `<PropertyId id="${id}"/>`).join('')}</PropertyIds>`
    const { answer } = await ask(subRequest('Properties', { Properties: 'PropertyGet' }, inside))
    expect(answer).toContain(
      '<PropertyValues><PropertyValue id="DocumentAccessToken" value="a &quot;token&quot;"/></PropertyValues>',
    )
  })

  test('is not supported where there are none, and says what it can be asked', async () => {
    const { ask } = office({ properties })
    expect((await ask(subRequest('Properties', { Properties: 'PropertySet' }))).code).toBe('InvalidArgument')
    expect((await ask(subRequest('Properties', { Properties: 'PropertyGet' }), { offers: {} })).code).toBe(
      'RequestNotSupported',
    )
  })
})
