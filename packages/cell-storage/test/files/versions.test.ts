import { describe, expect, test } from 'vitest'
import { office, subRequest } from './office.ts'

const list = subRequest('Versioning', { VersioningRequestType: 'GetVersionList' })
const restore = (number: string) =>
  subRequest('Versioning', { VersioningRequestType: 'RestoreVersion', Version: number })
const join = subRequest('Coauth', {
  CoauthRequestType: 'JoinCoauthoring',
  ClientID: 'a client',
  SchemaLockID: '29358EC1-E813-4793-8E70-ED0344E7B73C',
  Timeout: '3600',
})

/** A file that has been saved twice. */
function savedTwice(...[options]: Parameters<typeof office>) {
  const o = office({ bytes: Buffer.from('first'), ...options })
  o.clock.now += 60_000
  o.file.put(Buffer.from('second'))
  const numbers = async () =>
    [...(await o.ask(list)).answer.matchAll(/Number="([\d.]+)"/g)].map(([, number]) => number ?? '')
  return { ...o, numbers }
}

describe('Versioning', () => {
  test('lists what the file was, the newest first, and who has made it that', async () => {
    const { answer, code } = await savedTwice().ask(list)
    expect(code).toBe('Success')
    expect(answer).toContain(
      '<UserTable><User UserId="1" UserLogin="ann" UserName="Ann" UserEmailAddress="ann@example.org"/></UserTable>',
    )
    expect(answer).toMatch(
      /<Versions><Version IsCurrent="true" Number="1700000060\.\d+" LastModifiedTime="133444736600000000" UserId="1"\/><Version Number="1700000000\.\d+" LastModifiedTime="133444736000000000" UserId="1"\/><\/Versions>/,
    )
  })

  test('makes the file again what it was, for who may write', async () => {
    const { ask, file, numbers } = savedTwice()
    const [newest = '', oldest = ''] = await numbers()
    expect((await ask(restore(oldest), { canWrite: false })).code).toBe('FileUnauthorizedAccess')
    expect(Buffer.from(file.bytes() ?? []).toString()).toBe('second')
    expect((await ask(restore(oldest))).code).toBe('Success')
    expect(Buffer.from(file.bytes() ?? []).toString()).toBe('first')
    expect((await numbers()).slice(1)).toEqual([newest, oldest])
  })

  test('restores nothing that is not kept, or no number', async () => {
    const { ask, file } = savedTwice()
    expect((await ask(restore('1.0'))).code).toBe('VersionNotFound')
    for (const number of ['', '1', '1.', 'v1', '1.0.0', '-1.0', '9'.repeat(30)]) {
      expect((await ask(restore(number))).code, number).toBe('InvalidArgument')
    }
    expect((await ask(subRequest('Versioning'))).code).toBe('InvalidArgument')
    expect(Buffer.from(file.bytes() ?? []).toString()).toBe('second')
  })

  test('restores nothing under the hands of others', async () => {
    const { ask, numbers } = savedTwice()
    const [, oldest = ''] = await numbers()
    await ask(join, { login: 'bob' })
    const { code, answer } = await ask(restore(oldest))
    expect(code).toBe('FileAlreadyLockedOnServer')
    expect(answer).toContain('ErrorMessage="Bob"')
    expect((await ask(restore(oldest), { login: 'bob' })).code).toBe('Success')
  })

  test('restores nothing while a client of WOPI has the file locked', async () => {
    const { ask, numbers } = savedTwice({ wopiLock: { id: 'wopi', userName: 'Eve' } })
    const [, oldest = ''] = await numbers()
    expect((await ask(restore(oldest))).answer).toContain('ErrorMessage="Eve"')
  })

  test('says that a change was in the way, that there is no file, or that there are no versions here', async () => {
    const { ask, file, numbers } = savedTwice()
    const [, oldest = ''] = await numbers()
    const versions = { ...file.versions, restore: async () => 'refused' as const }
    expect((await ask(restore(oldest), { offers: { versions } })).code).toBe('SubRequestFail')
    expect((await ask(list, { offers: {} })).code).toBe('RequestNotSupported')
    file.remove()
    expect((await ask(list)).code).toBe('FileNotExistsOrCannotBeCreated')
  })

  test('tells of versions whose authors nobody knows', async () => {
    const { ask, file } = savedTwice()
    const versions = {
      ...file.versions,
      list: async () => (await file.versions.list()).map(({ by: _, ...version }) => version),
    }
    const { answer } = await ask(list, { offers: { versions } })
    expect(answer).toContain('<UserTable><User UserId="1" UserLogin="ann" UserName="Ann"/></UserTable>')
    expect(answer.match(/UserId/g)).toHaveLength(1)
  })
})

describe('GetVersions', () => {
  test('lists what the file was beside the data, of which there are none', async () => {
    const { ask, numbers } = savedTwice()
    const [newest, oldest] = await numbers()
    const { answer, code } = await ask('<SubRequest Type="GetVersions" SubRequestToken="1"/>')
    expect(code).toBe('Success')
    expect(answer).not.toContain('SubResponseData')
    expect(answer).toMatch(
      /<GetVersionsResponse><GetVersionsResult><results><list id="\{[0-9A-F-]{36}\}"\/><versioning enabled="1"\/><settings url=""\/>/,
    )
    expect(answer).toContain(
      `<result version="@${newest}" url="" created="2023-11-14T22:14:20.000Z" createdRaw="2023-11-14T22:14:20Z" createdBy="ann" createdByName="Ann" size="6" comments=""/><result version="${oldest}"`,
    )
  })

  test('is not supported where there are no versions, and fails where there is no file', async () => {
    const { ask, file } = savedTwice()
    const asked = '<SubRequest Type="GetVersions" SubRequestToken="1"/>'
    expect((await ask(asked, { offers: {} })).code).toBe('RequestNotSupported')
    file.remove()
    expect((await ask(asked)).code).toBe('FileNotExistsOrCannotBeCreated')
  })
})
