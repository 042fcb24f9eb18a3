import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import type { Listing, ShareLink, ShareList } from '../src/api.ts'
import { removeUser } from '../src/users.ts'
import { discoveryXml, fakeClient, xml } from './fake-client.ts'
import { problemOf, type Server, signIn, start, until } from './start.ts'

const decode = (html: string) => html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
const bytes = (text: string) => new TextEncoder().encode(text)
const day = 86_400_000

/** What the page of a link holds. */
async function follow(server: Server, url: string, query = '', headers: Record<string, string> = {}) {
  const response = await server.ask(new URL(url).pathname + query, { headers })
  const html = await response.text()
  const attribute = (of: string) => decode(new RegExp(`${of}="([^"]*)"`).exec(html)?.[1] ?? '')
  const action = attribute('action')
  const wopiSrc = action === '' ? '' : (new URL(action).searchParams.get('wopisrc') ?? '')
  const accessToken = attribute('name="access_token" value')
  return {
    response,
    html: decode(html),
    attribute,
    action,
    wopiSrc,
    accessToken,
    client: () => createClient({ wopiSrc, accessToken }),
  }
}

async function share(server: Server, name: string, body: object, cookie = ''): Promise<ShareLink> {
  const { id } = await fileOf(server, name, cookie)
  const response = await server.change('POST', `/api/files/${id}/shares`, body, { Cookie: cookie })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return response.json() as Promise<ShareLink>
}

async function fileOf(server: Server, name: string, cookie = '') {
  const listing = await server.ask('/api/folders/root', { headers: { Cookie: cookie } })
  const { files } = (await listing.json()) as { files: { id: string; name: string; isShared: boolean }[] }
  return files.find((file) => file.name === name) ?? expect.fail(`there is no ${name}`)
}

async function revoke(server: Server, name: string, { id }: Pick<ShareLink, 'id'>, cookie = '') {
  const file = await fileOf(server, name, cookie)
  return server.change('DELETE', `/api/files/${file.id}/shares/${id}`, undefined, { Cookie: cookie })
}

test('a link to look opens the document for whoever has it, without signing in, and changes nothing', async () => {
  const server = await start({ users: { anna: 'right password' }, files: { 'a.txt': 'aa' } })
  const cookie = await signIn(server, 'anna', 'right password')
  const link = await share(server, 'a.txt', { type: 'ReadOnly' }, cookie)
  expect(link).toMatchObject({ type: 'ReadOnly', by: 'anna', isMine: true, isDead: false })
  const { response, attribute, client, action } = await follow(server, link.url)
  expect([response.status, new URL(action).pathname, attribute('data-read-only')]).toEqual([200, '/view', 'true'])
  const guest = client()
  const { info } = await guest.checkFileInfo()
  expect(info).toMatchObject({ UserFriendlyName: 'Guest', IsAnonymousUser: true })
  expect(info.UserCanWrite ?? false).toBe(false)
  expect(info.UserId).toMatch(/^guest[\da-f]{16}$/)
  expect(info.SupportedShareUrlTypes ?? []).toEqual([])
  await expect(guest.lock({ lock: 'x' })).rejects.toMatchObject({ code: 'NotFound' })
  await expect(guest.putFile({ lock: 'x', content: bytes('no') })).rejects.toMatchObject({ code: 'NotFound' })
  await expect(guest.getShareUrl({ urlType: 'ReadOnly' })).rejects.toMatchObject({ code: 'NotImplemented' })
  expect((await follow(server, link.url, '?action=edit')).attribute('data-read-only')).toBe('true')
})

test('a link to edit lets whoever has it save, and do nothing else with the file', async () => {
  const server = await start({ users: { anna: 'right password' }, files: { 'a.txt': 'aa', 'sub/b.txt': 'b' } })
  const cookie = await signIn(server, 'anna', 'right password')
  const { url } = await share(server, 'a.txt', { type: 'ReadWrite' }, cookie)
  const { client, attribute } = await follow(server, url)
  expect(attribute('data-read-only')).toBe('false')
  const guest = client()
  await guest.lock({ lock: 'x' })
  await guest.putFile({ lock: 'x', content: bytes('from a guest') })
  await guest.unlock({ lock: 'x' })
  const { id } = await fileOf(server, 'a.txt', cookie)
  const versions = await server.ask(`/api/files/${id}/versions`, { headers: { Cookie: cookie } })
  expect(((await versions.json()) as { versions: { by?: string }[] }).versions[0]?.by).toBe('Guest')
  const refused = [
    () => guest.renameFile({ requestedName: 'b' }),
    () => guest.deleteFile(),
    () => guest.putRelativeFile({ suggestedTarget: '.md', content: bytes('') }),
    () => guest.getShareUrl({ urlType: 'ReadOnly' }),
    () => guest.enumerateAncestors(),
    () => guest.getEcosystem(),
  ]
  for (const ask of refused) {
    const error: unknown = await ask().catch((cause: unknown) => cause)
    expect(error).toMatchObject({ status: expect.toBeOneOf([404, 501]) })
  }
  expect((await follow(server, url, '?action=view')).attribute('data-read-only')).toBe('true')
})

test('whoever has come by a link is told of nothing that lies around the document', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const { url } = await share(server, 'a.txt', { type: 'ReadWrite' })
  const { html, client } = await follow(server, url)
  const { info } = await client().checkFileInfo()
  for (const name of [
    'HostEditUrl',
    'HostViewUrl',
    'CloseUrl',
    'BreadcrumbFolderUrl',
    'FileSharingUrl',
    'FileVersionUrl',
  ] as const)
    expect(info[name]).toBeUndefined()
  expect([info.SupportsContainers ?? false, info.SupportsEcosystem ?? false]).toEqual([false, false])
  expect(JSON.stringify(info)).not.toContain(url.slice(-40))
  expect(html).not.toContain(server.folder.split('/').at(-1))
  const secret = new URL(url).pathname
  const logged = JSON.stringify(server.log)
  expect(logged).toContain('/s/…')
  expect(logged).not.toContain(secret.slice(3))
})

test('once a link is revoked, whoever has the document open by it is out at the next call', async () => {
  const server = await start({ users: { anna: 'right password' }, files: { 'a.txt': 'aa' } })
  const cookie = await signIn(server, 'anna', 'right password')
  const link = await share(server, 'a.txt', { type: 'ReadWrite' }, cookie)
  const { client } = await follow(server, link.url)
  const guest = client()
  await guest.lock({ lock: 'x' })
  const { info } = await guest.checkFileInfo()
  expect((await fetch(String(info.DownloadUrl))).status).toBe(200)
  const events = await server.ask(`${new URL(link.url).pathname}/events`)
  expect((await revoke(server, 'a.txt', link, cookie)).status).toBe(204)
  expect(await events.text()).toContain('"what":"ended"')
  await expect(guest.putFile({ lock: 'x', content: bytes('late') })).rejects.toMatchObject({ code: 'InvalidToken' })
  await expect(guest.checkFileInfo()).rejects.toMatchObject({ code: 'InvalidToken' })
  expect((await fetch(String(info.DownloadUrl))).status).toBe(401)
  for (const path of ['', '/content', '/events'])
    expect((await server.ask(new URL(link.url).pathname + path)).status).toBe(404)
  const { html } = await follow(server, link.url)
  expect(html).toContain('It may have been revoked or have ended')
  expect(html).not.toContain('Back to the documents')
  expect((await share(server, 'a.txt', { type: 'ReadWrite' }, cookie)).url).not.toBe(link.url)
})

test('a link ends when it says, and so does a token that it gave', async () => {
  const clock = { now: Date.UTC(2026, 5, 1, 10, 20) }
  const server = await start({
    files: { 'a.txt': 'aa' },
    options: { now: () => clock.now },
    config: { tokenLifetime: 30 * day },
  })
  const link = await share(server, 'a.txt', { type: 'ReadOnly', days: 1 })
  expect(link.expiresAt).toBe(Date.UTC(2026, 5, 2, 11))
  expect((await share(server, 'a.txt', { type: 'ReadOnly', days: 1 })).url).toBe(link.url)
  const { client } = await follow(server, link.url)
  await client().checkFileInfo()
  clock.now = Date.UTC(2026, 5, 2, 11)
  await expect(client().checkFileInfo()).rejects.toMatchObject({ code: 'InvalidToken' })
  expect((await follow(server, link.url)).response.status).toBe(404)
  expect((await server.file('a.txt')).isShared).toBe(false)
})

test('no link works longer than the server is configured to let it', async () => {
  const server = await start({ files: { 'a.txt': 'aa' }, config: { shareLifetime: 7 * day } })
  for (const body of [{ type: 'ReadOnly' }, { type: 'ReadOnly', days: 300 }]) {
    const { expiresAt } = await share(server, 'a.txt', body)
    expect(Math.abs((expiresAt ?? 0) - Date.now() - 7 * day)).toBeLessThan(60_000)
  }
})

test('links outlive a restart, are listed with who made them, and the list of files says that there are some', async () => {
  const first = await start({ files: { 'a.txt': 'aa', 'b.txt': 'b' } })
  const link = await share(first, 'a.txt', { type: 'ReadOnly', days: 30 })
  await share(first, 'a.txt', { type: 'ReadWrite' })
  await first.stop()
  const server = await start({ on: first, config: { port: Number(new URL(first.url).port) } })
  expect([(await server.file('a.txt')).isShared, (await server.file('b.txt')).isShared]).toEqual([true, false])
  const { id } = await server.file('a.txt')
  const list = (await (await server.ask(`/api/files/${id}/shares`)).json()) as ShareList
  expect(list.types).toEqual(['ReadOnly', 'ReadWrite'])
  expect(list.links).toHaveLength(2)
  expect(list.links[0]).toEqual(link)
  expect((await follow(server, link.url)).response.status).toBe(200)
})

test('the link that an editor asks for works, and is the same that the page shows', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const client = createClient(await server.token({ path: 'a.txt' }))
  expect((await client.checkFileInfo()).info.SupportedShareUrlTypes).toEqual(['ReadOnly', 'ReadWrite'])
  const { share: made } = await client.getShareUrl({ urlType: 'ReadWrite' })
  expect(made.ShareUrl).toMatch(new RegExp(`^${server.url}/s/[\\w-]{40,}$`))
  expect((await share(server, 'a.txt', { type: 'ReadWrite' })).url).toBe(made.ShareUrl)
  expect((await follow(server, made.ShareUrl)).attribute('data-read-only')).toBe('false')
  const looking = createClient(await server.token({ path: 'a.txt', view: true }))
  await expect(looking.getShareUrl({ urlType: 'ReadWrite' })).rejects.toMatchObject({ code: 'NotImplemented' })
})

test('links are made by those who may, for what there is, of a kind that there is', async () => {
  const server = await start({ users: { anna: 'right password' }, files: { 'a.txt': 'aa' } })
  const cookie = await signIn(server, 'anna', 'right password')
  const { id } = await fileOf(server, 'a.txt', cookie)
  const made = (body: unknown, headers: Record<string, string>, path = `/api/files/${id}/shares`) =>
    server.change('POST', path, body, headers).then(({ status }) => status)
  const type = 'ReadOnly'
  expect(await made({ type }, {})).toBe(401)
  expect(await made({ type }, { Cookie: cookie, 'X-OpenWOPI': '' })).toBe(403)
  expect(await made({ type }, { Cookie: cookie }, '/api/files/nope/shares')).toBe(404)
  for (const body of [
    {},
    { type: 'readonly' },
    { type, days: 0 },
    { type, days: 1.5 },
    { type, days: 1e9 },
    { type, days: null },
  ])
    expect(await made(body, { Cookie: cookie })).toBe(400)
  for (const method of ['GET', 'DELETE'])
    expect((await server.change(method, `/api/files/${id}/shares${method === 'GET' ? '' : '/x'}`)).status).toBe(401)
})

test('a link ends with the access of whoever made it', async () => {
  const server = await start({ users: { anna: 'right password', bert: 'other password' }, files: { 'a.txt': 'aa' } })
  const [anna, bert] = [await signIn(server, 'anna', 'right password'), await signIn(server, 'bert', 'other password')]
  const { url } = await share(server, 'a.txt', { type: 'ReadWrite' }, bert)
  const { client } = await follow(server, url)
  await client().checkFileInfo()
  await removeUser(server.dataFolder, 'bert')
  await expect(client().checkFileInfo()).rejects.toMatchObject({ code: 'InvalidToken' })
  expect((await follow(server, url)).response.status).toBe(404)
  const { id } = await fileOf(server, 'a.txt', anna)
  const list = await server.ask(`/api/files/${id}/shares`, { headers: { Cookie: anna } })
  expect(((await list.json()) as ShareList).links).toMatchObject([{ by: 'bert', isMine: false, isDead: true }])
})

test('guessing links is slowed down by address, at little cost, and stops nobody who has one', async () => {
  const server = await start({ files: { 'a.txt': 'aa' }, options: { now: () => 1_800_000_000_000 } })
  const { url } = await share(server, 'a.txt', { type: 'ReadOnly' })
  const statuses = new Map<number, number>()
  const secret = url.slice(-56)
  for (let at = 0; at < 1000; at++) {
    const guess = `${secret.slice(0, -6)}${String(at).padStart(6, 'x')}`
    const { status } = await server.ask(`/s/${guess}`)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect(Object.fromEntries(statuses)).toEqual({ 404: 20, 429: 980 })
  const slowed = await server.ask('/s/x')
  expect([slowed.headers.get('Retry-After'), slowed.headers.get('Content-Type')]).toEqual([
    '3',
    'text/plain; charset=UTF-8',
  ])
  expect((await follow(server, url)).response.status).toBe(200)
  for (const path of ['/s/', '/s', '/s/%00', '/s/..%2f..', `/s/${'x'.repeat(5000)}`, '/s/%zz'])
    expect((await server.ask(path)).status).toBeOneOf([400, 404, 429])
})

test('a document that no editor opens can be downloaded by its link', async () => {
  const server = await start({ files: { 'a.zip': 'zz' } })
  const { url } = await share(server, 'a.zip', { type: 'ReadOnly' })
  const { response, html } = await follow(server, url)
  const path = new URL(url).pathname
  expect([response.status, html.includes(`href="${path}/content"`)]).toEqual([409, true])
  const content = await server.ask(`${path}/content`)
  expect([content.headers.get('Content-Disposition')?.split(';')[0], await content.text()]).toEqual([
    'attachment',
    'zz',
  ])
})

test('a guest is the same one for as long as the browser keeps its cookie, and nobody who signs in', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const { url } = await share(server, 'a.txt', { type: 'ReadOnly' })
  const first = await follow(server, url)
  const set = first.response.headers.get('Set-Cookie') ?? ''
  expect(set).toMatch(/^openwopi_guest=[\da-f]{16}; Path=\/; HttpOnly; SameSite=Lax$/)
  const { info } = await first.client().checkFileInfo()
  const again = await follow(server, url, '', { Cookie: set.split(';')[0] ?? '' })
  expect((await again.client().checkFileInfo()).info.UserId).toBe(info.UserId)
  const forged = await follow(server, url, '', { Cookie: 'openwopi_guest=local' })
  expect((await forged.client().checkFileInfo()).info.UserId).toMatch(/^guest[\da-f]{16}$/)
})

test('pages hear when a document is shared and when it is no more, and guests hear of nothing else', async () => {
  const server = await start({ files: { 'a.txt': 'aa', 'b.txt': 'b' } })
  const heard: string[] = []
  const listen = async (path: string) => {
    const { body } = await server.ask(path)
    const reading = (async () => {
      for await (const chunk of body ?? []) heard.push(`${path.slice(0, 3)} ${new TextDecoder().decode(chunk)}`)
    })().catch(() => undefined)
    return { reading }
  }
  const link = await share(server, 'a.txt', { type: 'ReadOnly' })
  const streams = [await listen('/api/events'), await listen(`${new URL(link.url).pathname}/events`)]
  await share(server, 'b.txt', { type: 'ReadOnly' })
  await server.change('PATCH', `/api/files/${(await server.file('a.txt')).id}`, { name: 'c.txt' })
  await until(
    () => heard.some((one) => one.startsWith('/s/') && one.includes('renamed')),
    'the guest hears of the name',
  )
  await revoke(server, 'c.txt', link)
  await until(() => heard.some((one) => one.startsWith('/s/') && one.includes('ended')), 'the guest hears of the end')
  const told = () =>
    heard
      .filter((one) => one.startsWith('/ap'))
      .join('')
      .split('"shared"').length - 1
  await until(() => told() === 2, 'the pages hear of a link that is made and of one that is revoked')
  expect(heard.filter((one) => one.startsWith('/s/')).join('')).not.toContain('b.txt')
  await server.stop()
  await Promise.all(streams.map(({ reading }) => reading))
})

test('a server without sharing makes no links, and those that were made lead nowhere', async () => {
  const first = await start({ files: { 'a.txt': 'aa' } })
  const { url } = await share(first, 'a.txt', { type: 'ReadOnly' })
  await first.stop()
  const server = await start({ on: first, config: { without: ['shares'], port: Number(new URL(first.url).port) } })
  const { id, isShared } = await server.file('a.txt')
  expect(isShared).toBe(false)
  expect((await problemOf(await server.ask(`/api/files/${id}/shares`))).message).toContain('started without sharing')
  expect((await follow(server, url)).response.status).toBe(404)
  expect(((await (await server.ask('/api/session')).json()) as { canShare: boolean }).canShare).toBe(false)
})

const formsXml = (origin: string) =>
  discoveryXml(origin).replace(
    '<action name="view" ext="txt"',
    `<action name="formsubmit" ext="txt" requires="locks,update" urlsrc="${origin}/form?&lt;wopisrc=WOPI_SOURCE&amp;&gt;"/><action name="view" ext="txt"`,
  )

test('restricted links are off unless they are configured', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const client = createClient(await server.token({ path: 'a.txt' }))
  expect((await client.checkFileInfo()).info.SupportsScenarioLinks ?? false).toBe(false)
  await expect(client.getRestrictedLink({ kind: 'FORMS' })).rejects.toMatchObject({ code: 'NotImplemented' })
})

test('a restricted link opens its document as a form, until it is revoked', async () => {
  const editor = await fakeClient()
  editor.answerWith(xml(formsXml(editor.origin)))
  const server = await start({
    files: { 'a.txt': 'aa', 'b.md': 'b' },
    config: { clients: [editor.config], restrictedLinks: ['FORMS'] },
  })
  const client = createClient(await server.token({ path: 'a.txt' }))
  expect((await client.checkFileInfo()).info.SupportsScenarioLinks).toBe(true)
  const { link } = await client.getRestrictedLink({ kind: 'FORMS' })
  expect(link.startsWith(`${server.url}/r/`)).toBe(true)
  const form = await follow(server, link)
  expect([form.response.status, new URL(form.action).pathname]).toEqual([200, '/form'])
  const guest = form.client()
  await guest.lock({ lock: 'x' })
  await guest.putFile({ lock: 'x', content: bytes('an answer') })
  for (const path of [link.replace('/r/', '/s/'), `${link}/content`])
    expect((await server.ask(new URL(path).pathname)).status).toBe(404)
  await expect(guest.getRestrictedLink({ kind: 'FORMS' })).rejects.toBeDefined()
  const file = await server.file('a.txt')
  const listed = (await (await server.ask(`/api/files/${file.id}/shares`)).json()) as ShareList
  expect([file.isShared, listed.links]).toMatchObject([true, [{ type: 'FORMS', url: link, isMine: true }]])
  await client.revokeRestrictedLink({ kind: 'FORMS' })
  await expect(guest.checkFileInfo()).rejects.toMatchObject({ code: 'InvalidToken' })
  expect((await follow(server, link)).response.status).toBe(404)
  const other = createClient(await server.token({ path: 'b.md' }))
  expect((await follow(server, (await other.getRestrictedLink({ kind: 'FORMS' })).link)).html).toContain(
    'as a form to fill in',
  )
})

test('people can revoke the link to a form that an editor has made', async () => {
  const server = await start({ files: { 'a.txt': 'aa' }, config: { restrictedLinks: ['FORMS'] } })
  const client = createClient(await server.token({ path: 'a.txt' }))
  const { link } = await client.getRestrictedLink({ kind: 'FORMS' })
  const { id } = await server.file('a.txt')
  const { links } = (await (await server.ask(`/api/files/${id}/shares`)).json()) as ShareList
  for (const made of links) expect((await revoke(server, 'a.txt', made)).status).toBe(204)
  expect((await follow(server, link)).response.status).toBe(404)
  expect((await client.getRestrictedLink({ kind: 'FORMS' })).link).not.toBe(link)
})

test('a link to another document is not revoked by way of this one', async () => {
  const server = await start({ files: { 'a.txt': 'aa', 'b.txt': 'b' } })
  const link = await share(server, 'a.txt', { type: 'ReadOnly' })
  await revoke(server, 'b.txt', link)
  expect((await follow(server, link.url)).response.status).toBe(200)
})

test('links work where the server lies under a path of its site', async () => {
  const first = await start({ files: { 'a.zip': 'zz', 'sub/b.txt': 'b' } })
  await first.stop()
  const publicUrl = `${first.url}/docs`
  const server = await start({ on: first, config: { port: Number(new URL(first.url).port), publicUrl } })
  const ask = (url: string) => fetch(url, { redirect: 'manual' })
  const { files, folders } = (await (await ask(`${publicUrl}/api/folders/root`)).json()) as Listing
  const shared = async (path: string) => {
    const init = { method: 'POST', headers: { 'X-OpenWOPI': '1', 'Content-Type': 'application/json' } }
    const response = await fetch(`${publicUrl}/api/${path}/shares`, { ...init, body: '{"type":"ReadOnly"}' })
    return (await response.json()) as ShareLink
  }
  const [file, folder] = [await shared(`files/${files[0]?.id}`), await shared(`folders/${folders[0]?.id}`)]
  expect([file.url, folder.url].every((url) => url.startsWith(`${publicUrl}/s/`))).toBe(true)
  const addressesOf = async (url: string) =>
    [...decode(await (await ask(url)).text()).matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, to = '']) => to)
  const [download = ''] = await addressesOf(file.url)
  expect(await (await ask(new URL(download, first.url).href)).text()).toBe('zz')
  const [document = ''] = await addressesOf(folder.url)
  expect((await ask(new URL(document, first.url).href)).status).toBe(200)
  await server.stop()
})
