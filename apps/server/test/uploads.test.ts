import { randomBytes } from 'node:crypto'
import { access, readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import { problemOf, type Server, signIn, start, until } from './start.ts'

const tus = { 'Tus-Resumable': '1.0.0', 'X-OpenWOPI': '1' }

const metadata = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')

/** Begins an upload and returns its path. */
async function begin(
  server: Server,
  size: number,
  values: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const response = await server.ask('/api/uploads', {
    method: 'POST',
    headers: { ...tus, 'Upload-Length': String(size), 'Upload-Metadata': metadata(values), ...headers },
  })
  return { response, path: response.headers.get('Location') ?? '' }
}

const send = (server: Server, path: string, offset: number, body: Uint8Array, headers: Record<string, string> = {}) =>
  server.ask(path, {
    method: 'PATCH',
    headers: { ...tus, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream', ...headers },
    body: Buffer.from(body),
  })

const offsetOf = async (server: Server, path: string) =>
  Number((await server.ask(path, { method: 'HEAD', headers: tus })).headers.get('Upload-Offset'))

const uploadsLeft = async (server: Server) => readdir(join(server.dataFolder, 'uploads'))

test('an upload becomes a file, and leaves nothing behind', async () => {
  const server = await start()
  const { response, path } = await begin(server, 5, { folder: 'root', name: 'a.txt' })
  expect([response.status, path]).toEqual([201, expect.stringMatching(/^\/api\/uploads\/[0-9a-f]{32}$/)])
  const last = await send(server, path, 0, Buffer.from('hello'))
  const file = await server.file('a.txt')
  expect([last.status, last.headers.get('X-OpenWOPI-File')]).toEqual([204, file.id])
  expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('hello')
  await until(async () => (await uploadsLeft(server)).length === 0, 'the upload is cleaned up')
})

test('an upload goes on where it stopped when its connection was cut', async () => {
  const server = await start()
  const content = randomBytes(3_000_000)
  const { path } = await begin(server, content.byteLength, { name: 'big.bin' })
  const { hostname, port } = new URL(server.url)
  const cut = request({
    hostname,
    port,
    path,
    method: 'PATCH',
    headers: {
      ...tus,
      Host: '127.0.0.1',
      'Upload-Offset': '0',
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': content.byteLength,
    },
  })
  cut.on('error', () => {})
  cut.write(content.subarray(0, 1_000_000))
  const [id = ''] = path.split('/').slice(-1)
  await until(
    async () => (await readFile(join(server.dataFolder, 'uploads', id))).byteLength >= 500_000,
    'half a megabyte has arrived',
  )
  cut.destroy()

  let offset = 0
  await until(async () => {
    offset = await offsetOf(server, path)
    return offset >= 500_000
  }, 'the server tells how much it has')
  expect(offset).toBeLessThanOrEqual(1_000_000)
  const last = await send(server, path, offset, content.subarray(offset))
  expect(last.status).toBe(204)
  expect(content.equals(await readFile(join(server.folder, 'big.bin')))).toBe(true)
})

test('an upload goes on after a restart of the server', async () => {
  const server = await start()
  const { path } = await begin(server, 10, { name: 'a.txt' })
  await send(server, path, 0, Buffer.from('01234'))
  await server.stop()
  const again = await start({ on: server })
  expect(await offsetOf(again, path)).toBe(5)
  expect((await send(again, path, 5, Buffer.from('56789'))).status).toBe(204)
  expect(await readFile(join(again.folder, 'a.txt'), 'utf8')).toBe('0123456789')
})

test('whoever lost the last answer is told again which file it became', async () => {
  const server = await start()
  const { path } = await begin(server, 5, { name: 'a.txt' })
  const id = (await send(server, path, 0, Buffer.from('hello'))).headers.get('X-OpenWOPI-File')
  const head = await server.ask(path, { method: 'HEAD', headers: tus })
  expect([head.status, head.headers.get('Upload-Offset'), head.headers.get('X-OpenWOPI-File')]).toEqual([200, '5', id])
  expect((await server.list()).files).toHaveLength(1)
})

test('an empty file needs no second request', async () => {
  const server = await start()
  const { response } = await begin(server, 0, { name: 'empty.txt' })
  expect(response.headers.get('X-OpenWOPI-File')).toBe((await server.file('empty.txt')).id)
})

test('a name that is taken becomes the next free one, unless the file shall be replaced', async () => {
  const server = await start({ files: { 'a.txt': 'old' } })
  const { id } = await server.file('a.txt')
  const beside = await begin(server, 3, { name: 'a.txt' })
  await send(server, beside.path, 0, Buffer.from('new'))
  expect((await server.list()).files.map(({ name }) => name)).toEqual(['a (2).txt', 'a.txt'])
  const over = await begin(server, 3, { name: 'a.txt', overwrite: 'true' })
  expect((await send(server, over.path, 0, Buffer.from('NEW'))).headers.get('X-OpenWOPI-File')).toBe(id)
  expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('NEW')
  expect((await (await server.ask(`/api/files/${id}/versions`)).json()).versions).toHaveLength(2)
})

test('a name that cannot be is repaired, and never leads out of its folder', async () => {
  const server = await start({ files: { 'sub/x.txt': '' } })
  const [sub] = (await server.list()).folders
  for (const name of ['../../evil.txt', '/etc/passwd', 'a\u0000b.txt', '..']) {
    const { path } = await begin(server, 1, { folder: sub?.id ?? '', name })
    expect((await send(server, path, 0, Buffer.from('x'))).status).toBe(204)
  }
  expect((await server.list(sub?.id)).files).toHaveLength(5)
  expect((await server.list()).files).toEqual([])
})

test('a file that someone has open is not replaced; once it is closed, the upload ends by itself', async () => {
  const server = await start({ files: { 'a.txt': 'old' } })
  const editor = createClient(await server.token({ path: 'a.txt' }))
  await editor.lock({ lock: 'x' })
  const { path } = await begin(server, 3, { name: 'a.txt', overwrite: 'true' })
  const refused = await send(server, path, 0, Buffer.from('new'))
  expect([refused.status, (await problemOf(refused)).message]).toEqual([409, expect.stringMatching(/has “a.txt” open/)])
  expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('old')
  await editor.unlock({ lock: 'x' })
  const head = await server.ask(path, { method: 'HEAD', headers: tus })
  expect(head.headers.get('X-OpenWOPI-File')).toBe((await server.file('a.txt')).id)
  expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('new')
})

test('an upload into a folder that is gone is refused with a sentence', async () => {
  const server = await start()
  const { path } = await begin(server, 1, { folder: 'nope', name: 'a.txt' })
  const response = await send(server, path, 0, Buffer.from('x'))
  expect([response.status, (await problemOf(response)).message]).toEqual([
    404,
    expect.stringMatching(/folder is not there/),
  ])
})

test('a file larger than the server takes is refused before it is sent', async () => {
  const server = await start({ config: { maxFileSize: 10 } })
  const { response } = await begin(server, 11, { name: 'a.txt' })
  expect([response.status, (await problemOf(response)).message]).toEqual([
    413,
    'The file is larger than this server takes.',
  ])
  expect(await uploadsLeft(server)).toEqual([])
})

test('more bytes than were announced are refused', async () => {
  const server = await start()
  const { path } = await begin(server, 3, { name: 'a.txt' })
  expect((await send(server, path, 0, Buffer.from('too much'))).status).toBe(413)
  expect((await server.list()).files).toEqual([])
})

test('nobody sees, goes on with or ends the upload of someone else', async () => {
  const users = { anna: 'first password', otto: 'second password' }
  const server = await start({ users })
  const anna = { Cookie: await signIn(server, 'anna', users.anna) }
  const otto = { Cookie: await signIn(server, 'otto', users.otto) }
  const { path } = await begin(server, 3, { name: 'a.txt' }, anna)
  expect((await server.ask(path, { method: 'HEAD', headers: { ...tus, ...otto } })).status).toBe(404)
  expect((await send(server, path, 0, Buffer.from('abc'), otto)).status).toBe(404)
  expect((await server.ask(path, { method: 'DELETE', headers: { ...tus, ...otto } })).status).toBe(404)
  expect((await server.ask(path, { headers: { ...tus, ...anna } })).status).toBe(405)
  expect(
    (await server.ask('/api/uploads', { method: 'OPTIONS' })).headers.get('Access-Control-Allow-Origin'),
  ).toBeNull()
  expect((await send(server, path, 0, Buffer.from('abc'), anna)).status).toBe(204)
})

test('an upload that is cancelled is gone at once', async () => {
  const server = await start()
  const { path } = await begin(server, 10, { name: 'a.txt' })
  await send(server, path, 0, Buffer.from('01234'))
  expect((await server.ask(path, { method: 'DELETE', headers: tus })).status).toBe(204)
  expect(await uploadsLeft(server)).toEqual([])
  expect((await send(server, path, 5, Buffer.from('56789'))).status).toBe(404)
})

test('the address of an upload leads to nothing else on the disk', async () => {
  const server = await start()
  for (const id of ['..%2fserver.db', '%2e%2e%2fsecrets%2fkey', '../secrets/key']) {
    const { status } = await server.ask(`/api/uploads/${id}`, { method: 'DELETE', headers: tus })
    expect([id, status >= 400]).toEqual([id, true])
  }
  await access(join(server.dataFolder, 'server.db'))
  await access(join(server.dataFolder, 'secrets', 'key'))
})
