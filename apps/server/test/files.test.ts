import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import type { FileItem, TrashList, VersionList } from '../src/api.ts'
import { problemOf, type Server, signIn, start } from './start.ts'

const item = async (response: Response) => (await response.json()) as FileItem
const on = (server: Server, name: string) => readFile(join(server.folder, name), 'utf8')

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

/** Takes the lock of a file over WOPI, as an editor does. */
async function lock(server: Server, path: string, id = 'editor') {
  const file = createClient(await server.token({ path }))
  await file.lock({ lock: id })
  return file
}

test('a file is renamed on disk and keeps its id', async () => {
  const server = await start({ files: { 'a.txt': 'text' } })
  const { id } = await server.file('a.txt')
  const renamed = await item(await server.change('PATCH', `/api/files/${id}`, { name: 'b.txt' }))
  expect([renamed.id, renamed.name, await on(server, 'b.txt')]).toEqual([id, 'b.txt', 'text'])
})

test('a file is not renamed to a name that is taken or that cannot be', async () => {
  const server = await start({ files: { 'a.txt': 'a', 'b.txt': 'b' } })
  const { id } = await server.file('a.txt')
  expect((await server.change('PATCH', `/api/files/${id}`, { name: 'b.txt' })).status).toBe(409)
  expect((await server.change('PATCH', `/api/files/${id}`, { name: '../c.txt' })).status).toBe(400)
  expect([await on(server, 'a.txt'), await on(server, 'b.txt')]).toEqual(['a', 'b'])
})

test('a file that someone has open is neither renamed, deleted nor set back, and the answer says who has it', async () => {
  const server = await start({ files: { 'a.txt': 'one' } })
  const file = await lock(server, 'a.txt')
  await file.putFile({ lock: 'editor', content: bytes('two') })
  const shown = await server.file('a.txt')
  expect(shown.openBy).toMatchObject({ isDesktop: false, name: expect.any(String), until: expect.any(Number) })
  expect(shown.can).toMatchObject({ write: true, rename: false, delete: false, breakLock: true })

  const { versions } = (await (await server.ask(`/api/files/${shown.id}/versions`)).json()) as VersionList
  const answers = await Promise.all([
    server.change('PATCH', `/api/files/${shown.id}`, { name: 'b.txt' }),
    server.change('DELETE', `/api/files/${shown.id}`),
    server.change('POST', `/api/files/${shown.id}/versions/${versions.at(-1)?.version}/restore`),
  ])
  expect(answers.map(({ status }) => status)).toEqual([409, 409, 409])
  for (const answer of answers)
    expect((await problemOf(answer)).message).toContain(`${shown.openBy?.name} has “a.txt” open`)
  expect(await on(server, 'a.txt')).toBe('two')
})

test('the owner can break a lock that was left behind; nobody else can', async () => {
  const users = { anna: 'first password', otto: 'second password' }
  const server = await start({ users, files: { 'a.txt': 'one' } })
  await lock(server, 'a.txt')
  const [owner, other] = [await signIn(server, 'anna', users.anna), await signIn(server, 'otto', users.otto)]
  const listing = await (await server.ask('/api/folders/root', { headers: { Cookie: other } })).json()
  const [{ id, can }] = listing.files
  expect(can.breakLock).toBe(false)
  expect((await server.change('DELETE', `/api/files/${id}/lock`, undefined, { Cookie: other })).status).toBe(403)
  expect((await server.change('DELETE', `/api/files/${id}/lock`, undefined, { Cookie: owner })).status).toBe(204)
  expect((await server.change('DELETE', `/api/files/${id}`, undefined, { Cookie: owner })).status).toBe(204)
})

test('a file that is open in a desktop program says so', async () => {
  const server = await start({
    files: { 'a.txt': 'one', '.~lock.a.txt#': ',Berta,machine,21.11.2026 10:00,file:///x;' },
  })
  const file = await server.file('a.txt')
  expect(file.openBy).toEqual({ name: 'Berta', isDesktop: true })
  const removal = await server.change('DELETE', `/api/files/${file.id}`)
  expect([removal.status, (await problemOf(removal)).message]).toEqual([
    409,
    expect.stringMatching(/Berta has “a.txt” open in a desktop program/),
  ])
})

test('a deleted file lies in the trash until it is put back, with its id and its bytes', async () => {
  const server = await start({ files: { 'a.txt': 'precious' } })
  const { id } = await server.file('a.txt')
  expect((await server.change('DELETE', `/api/files/${id}`)).status).toBe(204)
  expect((await server.list()).files).toEqual([])
  const { items } = (await (await server.ask('/api/trash')).json()) as TrashList
  expect(items).toEqual([{ id, name: 'a.txt', size: 8, removedAt: expect.any(Number), by: expect.any(String) }])
  await writeFile(join(server.folder, 'a.txt'), 'in the meantime')
  const back = await item(await server.change('POST', `/api/trash/${id}/restore`))
  expect([back.id, back.name !== 'a.txt', await on(server, back.name)]).toEqual([id, true, 'precious'])
  expect(await on(server, 'a.txt')).toBe('in the meantime')
})

test('what is emptied from the trash is gone', async () => {
  const server = await start({ files: { 'a.txt': 'x' } })
  const { id } = await server.file('a.txt')
  await server.change('DELETE', `/api/files/${id}`)
  expect((await server.change('DELETE', '/api/trash')).status).toBe(204)
  expect((await server.change('POST', `/api/trash/${id}/restore`)).status).toBe(404)
  expect(await (await server.ask('/api/trash')).json()).toEqual({ items: [] })
})

test('earlier versions are listed, downloaded and made the present one again', async () => {
  const server = await start({ files: { 'a.txt': 'one' } })
  const { id } = await server.file('a.txt')
  const file = await lock(server, 'a.txt')
  await file.putFile({ lock: 'editor', content: bytes('two') })
  await file.unlock({ lock: 'editor' })

  const list = async () => ((await (await server.ask(`/api/files/${id}/versions`)).json()) as VersionList).versions
  const [present, first] = await list()
  expect([present?.isCurrent, first?.isCurrent, first?.size]).toEqual([true, false, 3])
  const content = await server.ask(`/api/files/${id}/versions/${first?.version}/content`)
  expect([await content.text(), content.headers.get('Content-Disposition')]).toEqual([
    'one',
    expect.stringMatching(/^attachment/),
  ])

  expect((await server.change('POST', `/api/files/${id}/versions/${first?.version}/restore`)).status).toBe(200)
  expect(await on(server, 'a.txt')).toBe('one')
  expect(await list()).toHaveLength(3)
  expect((await server.change('POST', `/api/files/${id}/versions/nope/restore`)).status).toBe(404)
})

test('content is sent as an attachment that runs nothing, under its whole name', async () => {
  const server = await start({ files: { "Größe 'x' 5%.html": '<script>alert(1)</script>' } })
  const [file] = (await server.list()).files
  const response = await server.ask(`/api/files/${file?.id}/content?inline`)
  expect(response.headers.get('Content-Type')).toBe('application/octet-stream')
  expect(response.headers.get('Content-Disposition')).toBe(
    `attachment; filename="Gr__e 'x' 5_.html"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%27x%27%205%25.html`,
  )
  expect(response.headers.get('Content-Security-Policy')).toMatch(/sandbox/)
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
})

test('only pictures of pixels are shown in the browser', async () => {
  const server = await start({ files: { 'a.png': 'png', 'b.svg': '<svg/>' } })
  const headersOf = async (name: string, query: string) =>
    (await server.ask(`/api/files/${(await server.file(name)).id}/content${query}`)).headers
  expect((await headersOf('a.png', '?inline')).get('Content-Type')).toBe('image/png')
  expect((await headersOf('a.png', '?inline')).get('Content-Disposition')).toMatch(/^inline/)
  expect((await headersOf('a.png', '')).get('Content-Disposition')).toMatch(/^attachment/)
  expect((await headersOf('b.svg', '?inline')).get('Content-Disposition')).toMatch(/^attachment/)
})

test('a download goes on where it stopped, unless the file has changed', async () => {
  const server = await start({ files: { 'a.txt': '0123456789' } })
  const path = `/api/files/${(await server.file('a.txt')).id}/content`
  const get = (headers: Record<string, string>) => server.ask(path, { headers })
  const whole = await get({})
  const etag = whole.headers.get('ETag') ?? ''
  const part = await get({ Range: 'bytes=7-', 'If-Range': etag })
  expect([part.status, part.headers.get('Content-Range'), await part.text()]).toEqual([206, 'bytes 7-9/10', '789'])
  expect(await (await get({ Range: 'bytes=-2' })).text()).toBe('89')
  expect(await (await get({ Range: 'bytes=2-4' })).text()).toBe('234')
  expect((await get({ Range: 'bytes=10-' })).status).toBe(416)
  expect((await get({ Range: 'bytes=7-', 'If-Range': '"other"' })).status).toBe(200)
  expect((await get({ 'If-None-Match': etag })).status).toBe(304)
  const head = await server.ask(path, { method: 'HEAD' })
  expect([head.status, head.headers.get('Content-Length'), await head.text()]).toEqual([200, '10', ''])
})

test('a file that is marked read-only on disk is shown, and written by nobody', async () => {
  const server = await start({ files: { 'a.txt': 'one' } })
  await chmod(join(server.folder, 'a.txt'), 0o444)
  const shown = await server.file('a.txt')
  expect([shown.can.write, shown.actions]).toEqual([false, { view: true, edit: false }])
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const info = await (await fetch(`${wopiSrc}?access_token=${accessToken}`)).json()
  expect(info.UserCanWrite).not.toBe(true)
  await expect(lock(server, 'a.txt')).rejects.toMatchObject({ code: 'NotFound' })
  expect(await on(server, 'a.txt')).toBe('one')
})
