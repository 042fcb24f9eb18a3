import { chmod, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { expect, onTestFinished, test } from 'vitest'
import type { ShareList } from '../src/api.ts'
import { removeUser } from '../src/users.ts'
import { fakeClient } from './fake-client.ts'
import { type Start, signIn, start } from './start.ts'

const users = { ann: 'a password', bob: 'a password' }

/** A server with a document of bob's eyes, what CheckFileInfo says of it to him, and a clock to move. */
async function opened(more: Start = {}, path = 'a.txt') {
  const clock = { now: Date.now() }
  const server = await start({
    users,
    files: { 'a.txt': '0123456789', 'b.txt': 'other', 'empty.docx': '', 'empty.odt': '' },
    options: { now: () => clock.now },
    ...more,
  })
  const made = await server.token({ path, user: 'bob' })
  // As a proxy would hand it on that knows the callback URL.
  const token = { ...made, wopiSrc: made.wopiSrc.replace(/^.*(?=\/wopi\/)/, server.url) }
  const { info } = await createClient(token).checkFileInfo()
  return { server, clock, token, info, fileUrl: String(info.FileUrl) }
}

test('a FileUrl is answered as GetFile is, without cookie and token: bytes, ranges, version, limit', async () => {
  const { token, info, fileUrl } = await opened()
  const contents = `${token.wopiSrc}/contents?access_token=${token.accessToken}`
  const asked: Record<string, string>[] = [
    {},
    { Range: 'bytes=2-4' },
    { Range: 'bytes=-3' },
    { Range: 'bytes=20-' },
    { 'X-WOPI-MaxExpectedSize': '10' },
    { 'X-WOPI-MaxExpectedSize': '9' },
  ]
  for (const headers of asked) {
    const [one, other] = [await fetch(fileUrl, { headers }), await fetch(contents, { headers })]
    const said = (answer: Response) =>
      [
        'Content-Type',
        'Content-Length',
        'Content-Range',
        'X-WOPI-ItemVersion',
        'Cache-Control',
        'X-Content-Type-Options',
      ].map((name) => answer.headers.get(name))
    expect([headers, one.status, said(one)]).toEqual([headers, other.status, said(other)])
    expect(await one.text()).toBe(await other.text())
  }
  expect((await fetch(fileUrl)).headers.get('X-WOPI-ItemVersion')).toBe(info.Version)
})

test('a signed address ends with the token that it was told to, where that ends sooner', async () => {
  const { server, clock, info, fileUrl } = await opened({ config: { tokenLifetime: 60_000 } })
  const download = String(info.DownloadUrl).replace(/^.*(?=\/download\/)/, server.url)
  const statuses = () => Promise.all([fileUrl, download].map(async (url) => (await fetch(url)).status))
  clock.now += 59_000
  expect(await statuses()).toEqual([200, 200])
  clock.now += 1_001
  expect((await statuses()).map((status) => status < 400)).toEqual([false, false])
})

test('a FileUrl gives what was saved last', async () => {
  const { token, fileUrl } = await opened()
  const file = createClient(token)
  await file.lock({ lock: 'x' })
  await file.putFile({ lock: 'x', content: new TextEncoder().encode('saved') })
  expect(await (await fetch(fileUrl)).text()).toBe('saved')
})

test('no address in CheckFileInfo holds a WOPI token, and none that is signed is worth anything as one', async () => {
  const { token, info, fileUrl } = await opened()
  expect(JSON.stringify(info)).not.toContain(token.accessToken)
  const signature = new URL(fileUrl).searchParams.get('signature') ?? ''
  expect(signature.length).toBeGreaterThan(40)
  for (const forged of [signature, `${signature}.${signature}`, fileUrl]) {
    const answer = await fetch(`${token.wopiSrc}?access_token=${encodeURIComponent(forged)}`)
    expect(answer.status).toBe(401)
  }
})

test('what a client adds to a FileUrl changes nothing: some add the token', async () => {
  const { token, fileUrl } = await opened()
  const Authorization = `Bearer ${token.accessToken}`
  expect((await fetch(`${fileUrl}&access_token=${token.accessToken}`, { headers: { Authorization } })).status).toBe(200)
  expect((await fetch(`${fileUrl}&access_token=x`, { headers: { Authorization: 'Bearer x' } })).status).toBe(200)
})

test('a signed address that was altered, or is used for something else, opens nothing', async () => {
  const { server, info, fileUrl } = await opened()
  const url = new URL(fileUrl)
  const [other, owner] = [await server.token({ path: 'b.txt' }), await server.token({ path: 'a.txt' })]
  const { UserId } = (await createClient(owner).checkFileInfo()).info
  const download = new URL(String(info.DownloadUrl))
  const changed = (name: string, value: string) => {
    const copy = new URL(url)
    copy.searchParams.set(name, value)
    return copy.href
  }
  const signature = url.searchParams.get('signature') ?? ''
  const bad = [
    url.origin + url.pathname,
    `${url.origin}/wopicontents/`,
    `${url.origin}/wopicontents/%zz${url.search}`,
    `${url.origin}/wopicontents/${other.wopiSrc.split('/').at(-1)}${url.search}`,
    changed('expires', '9999999999999'),
    changed('expires', 'Infinity'),
    changed('user', UserId),
    changed('user', ''),
    changed('user', 'link:1'),
    changed('signature', `${signature.slice(0, -4)}AAAA`),
    changed('signature', ''),
    changed('signature', 'A'.repeat(10_000)),
    url.origin + url.pathname + download.search,
  ]
  for (const href of bad) {
    const answer = await fetch(href)
    expect([href, answer.status, await answer.text()]).toEqual([href, 401, ''])
  }
  expect((await fetch(download.origin + download.pathname + url.search)).status).toBe(401)
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD']) expect((await fetch(fileUrl, { method })).status).toBe(405)
})

test('a signed address ends after a quarter of an hour', async () => {
  const { clock, fileUrl } = await opened()
  clock.now += 15 * 60_000 - 1
  expect((await fetch(fileUrl)).status).toBe(200)
  clock.now += 1
  expect((await fetch(fileUrl)).status).toBe(401)
})

test('a signed address ends with the access of whom it was made for, and with the file', async () => {
  const { server, fileUrl, info } = await opened()
  const { fileUrl: gone } = {
    fileUrl: String((await createClient(await server.token({ path: 'b.txt' })).checkFileInfo()).info.FileUrl),
  }
  await removeUser(server.dataFolder, 'bob')
  expect((await fetch(fileUrl)).status).toBe(401)
  expect((await fetch(String(info.DownloadUrl))).status).toBe(401)
  expect((await fetch(gone)).status).toBe(200)
  await unlink(join(server.folder, 'b.txt'))
  await expect.poll(async () => (await fetch(gone)).status).toBe(404)
})

test('whoever has followed a share link has addresses of contents that end with the link', async () => {
  const { server, token } = await opened()
  const { share } = await createClient(token).getShareUrl({ urlType: 'ReadOnly' })
  const page = await (await server.ask(new URL(share.ShareUrl).pathname)).text()
  const accessToken = /name="access_token" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const { info } = await createClient({ wopiSrc: token.wopiSrc, accessToken }).checkFileInfo()
  const statuses = () =>
    Promise.all([info.FileUrl, info.DownloadUrl].map(async (url) => (await fetch(String(url))).status))
  expect(await statuses()).toEqual([200, 200])
  const Cookie = await signIn(server, 'bob', users.bob)
  const shares = `/api/files/${token.wopiSrc.split('/').at(-1)}/shares`
  const { links } = (await (await server.ask(shares, { headers: { Cookie } })).json()) as ShareList
  expect((await server.change('DELETE', `${shares}/${links[0]?.id}`, undefined, { Cookie })).status).toBe(204)
  expect(await statuses()).toEqual([401, 401])
})

test('clients are given addresses of contents where they reach the server, and people those of pages where browsers do', async () => {
  const callbackUrl = 'https://wopi.example/docs'
  const { info } = await opened({
    config: { publicUrl: 'https://files.example', callbackUrl, officeUrl: 'https://office.example' },
  })
  expect(info.FileUrl).toMatch(/^https:\/\/wopi\.example\/docs\/wopicontents\//)
  for (const url of [
    info.HostEditUrl,
    info.HostViewUrl,
    info.CloseUrl,
    info.DownloadUrl,
    info.FileVersionUrl,
    info.FileSharingUrl,
  ])
    expect(url).toMatch(/^https:\/\/files\.example\/(open|folder|download)\//)
})

test.each([[{ callbackUrl: 'http://127.0.0.1:9/docs' }], [{ publicUrl: 'http://127.0.0.1:9/docs' }]])(
  'addresses work where a proxy has the server lie under a path, and cuts that off or not (%#)',
  async (config) => {
    const { server, info, fileUrl } = await opened({ config })
    expect(fileUrl).toMatch(/^http:\/\/127\.0\.0\.1:9\/docs\/wopicontents\//)
    for (const url of [fileUrl, String(info.DownloadUrl)]) {
      for (const seen of [
        url.replace('http://127.0.0.1:9/docs', server.url),
        url.replace('http://127.0.0.1:9', server.url),
      ])
        expect(await (await fetch(seen)).text()).toBe('0123456789')
    }
    for (const path of ['/wopibootstrapper', '/docs/wopibootstrapper'])
      expect((await server.ask(path, { method: 'POST' })).status).toBe(404)
  },
)

test('ONLYOFFICE, which has no second try, is given no FileUrl', async () => {
  const client = (await fakeClient('oo')).config
  const { server } = await opened({ config: { clients: [{ ...client, profile: 'onlyoffice' }] } })
  const token = await server.token({ path: 'a.txt', client: 'oo' })
  const { info } = await createClient(token).checkFileInfo()
  expect([info.FileUrl, typeof info.DownloadUrl]).toEqual([undefined, 'string'])
})

async function templates(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-templates-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

test('an empty document starts as the template of its kind, which comes by a signed address', async () => {
  const folder = await templates({ 'b letter.DOCX': 'second', 'a letter.docx': 'template', '.hidden.odt': 'x' })
  const { server, info, clock } = await opened({ config: { templates: folder } }, 'empty.docx')
  const source = String(info.TemplateSource)
  expect([info.FileUrl, info.Size]).toEqual([undefined, 0])
  const answer = await fetch(source)
  expect([answer.status, answer.headers.get('Content-Length'), await answer.text()]).toEqual([200, '8', 'template'])
  expect((await fetch(source.replace('expires=1', 'expires=2'))).status).toBe(401)
  expect((await fetch(source.replace('/wopitemplates/', '/wopicontents/'))).status).toBe(401)

  const sourceOf = async (path: string, view = false) =>
    (await createClient(await server.token({ path, view })).checkFileInfo()).info.TemplateSource
  expect(await sourceOf('empty.odt')).toBeUndefined()
  expect(await sourceOf('empty.docx', true)).toBeUndefined()
  await chmod(join(server.folder, 'empty.docx'), 0o444)
  await expect.poll(() => sourceOf('empty.docx')).toBeUndefined()
  await unlink(join(folder, 'a letter.docx'))
  expect((await fetch(source)).status).toBe(404)
  clock.now += 15 * 60_000
  expect((await fetch(source)).status).toBe(401)
})

test('a document that has been saved starts as itself', async () => {
  const { server, token } = await opened(
    { config: { templates: await templates({ 'a.docx': 'template' }) } },
    'empty.docx',
  )
  const file = createClient(token)
  await file.putFile({ content: new TextEncoder().encode('saved') })
  const { info } = await file.checkFileInfo()
  expect([info.TemplateSource, await (await fetch(String(info.FileUrl))).text()]).toEqual([undefined, 'saved'])
  await server.stop()
})

test('a folder of templates that is not there stops the start', async () => {
  await expect(start({ config: { templates: '/no/such/folder' } })).rejects.toThrow(
    'The folder of templates /no/such/folder',
  )
})
