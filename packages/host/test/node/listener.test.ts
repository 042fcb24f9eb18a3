import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { textOf } from '@openwopi/protocol'
import { afterEach, expect, test } from 'vitest'
import { createHost, type HostEvent, memoryLocks, memoryStorage, type StoredFile } from '../../src/index.ts'
import { toNodeListener } from '../../src/node/listener.ts'

const ann = { id: 'ann', name: 'Ann' }
const open: Server[] = []

afterEach(() => {
  for (const server of open.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function serve() {
  const storage = memoryStorage()
  const file = await storage.create('root', ['a.txt'], new Blob(['before']).stream(), { by: ann })
  if (!file) throw new Error('the name is taken')
  const events: HostEvent[] = []
  const seen = { next: () => {} }
  const access = {
    authorize: async () => ({
      user: ann,
      can: new Set(['read', 'write'] as const),
      expiresAt: Number.MAX_SAFE_INTEGER,
    }),
    issue: async () => ({ token: 't', expiresAt: 0 }),
  }
  const observe = (event: HostEvent) => {
    events.push(event)
    seen.next()
  }
  const host = createHost({
    storage,
    locks: memoryLocks(),
    access,
    publicUrl: 'http://h/wopi',
    maxFileSize: 1 << 20,
    observe,
  })
  const server = createServer(toNodeListener(host))
  open.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  const event = () =>
    new Promise<HostEvent | undefined>((resolve) => {
      seen.next = () => resolve(events.at(-1))
    })
  const textNow = async () => {
    const now = await storage.find(file.id)
    const content = now && (await storage.read(now))
    return content && textOf(content)
  }
  return { file, port: (server.address() as AddressInfo).port, event, textNow, storage }
}

/** Sends bytes just as they are, and reads until the other side has answered `until`. */
async function talk(port: number, message: string, until: RegExp): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let said = ''
  socket.write(message, 'latin1')
  for await (const chunk of socket) {
    said += String(chunk)
    if (until.test(said)) break
  }
  return said
}

const put = ({ id }: StoredFile, headers: string, body: string) =>
  `POST /wopi/files/${id}/contents?access_token=t HTTP/1.1\r\nHost: h\r\nX-WOPI-Override: PUT\r\nX-WOPI-Lock: A\r\n${headers}\r\n\r\n${body}`
const lock = ({ id }: StoredFile, value = 'A') =>
  `POST /wopi/files/${id}?access_token=t HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nX-WOPI-Override: LOCK\r\nX-WOPI-Lock: ${value}\r\n\r\n`

test('an upload that breaks off leaves the old content', async () => {
  const { file, port, event, textNow } = await serve()
  await talk(port, lock(file), /200 OK/)
  const over = event()
  const socket = connect(port, '127.0.0.1')
  socket.write(put(file, 'Content-Length: 100', 'half'))
  socket.end()
  expect((await over)?.status).toBeGreaterThanOrEqual(400)
  expect(await textNow()).toBe('before')
})

test('a body longer than it announced ends in 400, and no more than what was announced is stored', async () => {
  const { file, port, textNow } = await serve()
  await talk(port, lock(file), /200 OK/)
  const said = await talk(port, put(file, 'Content-Length: 5', 'aftersurplus'), /400 Bad Request/)
  expect(said).toMatch(/HTTP\/1\.1 400 Bad Request/)
  expect(['before', 'after']).toContain(await textNow())
})

test('a chunked body is stored whole, and one that breaks off is not stored', async () => {
  const { file, port, event, textNow } = await serve()
  await talk(port, lock(file), /200 OK/)
  await talk(port, put(file, 'Transfer-Encoding: chunked', '3\r\naft\r\n2\r\ner\r\n0\r\n\r\n'), /200 OK/)
  expect(await textNow()).toBe('after')
  const over = event()
  const socket = connect(port, '127.0.0.1')
  socket.write(put(file, 'Transfer-Encoding: chunked', '3\r\nbad\r\n'))
  socket.end()
  await over
  expect(await textNow()).toBe('after')
})

test('a lock id cannot smuggle a header in', async () => {
  const { file, port } = await serve()
  expect(await talk(port, lock(file, 'A\rSet-Cookie: x=1'), /400/)).toMatch(/^HTTP\/1\.1 400/)
  expect(await talk(port, lock(file, 'caf\xe9'), /400/)).toMatch(/^HTTP\/1\.1 400/)
})

test('a connection is kept after a refused upload whose body is read to its end', async () => {
  const { file, port } = await serve()
  const body = 'x'.repeat(300_000)
  const said = await talk(port, put(file, `Content-Length: ${body.length}`, body) + lock(file), /409[\s\S]*200 OK/)
  expect(said).toMatch(/^HTTP\/1\.1 409[\s\S]*HTTP\/1\.1 200 OK/)
})

test('an upload that is announced as too large is refused at once', async () => {
  const { file, port, textNow } = await serve()
  await talk(port, lock(file), /200 OK/)
  expect(await talk(port, put(file, 'Content-Length: 99999999999', 'x'), /413/)).toMatch(/^HTTP\/1\.1 413/)
  expect(await textNow()).toBe('before')
})

test('a download whose content breaks off is seen to be broken', async () => {
  const { file, port, storage } = await serve()
  Object.assign(storage, {
    read: async () =>
      (async function* () {
        yield new TextEncoder().encode('bef')
        throw new Error('the disk is gone')
      })(),
  })
  await expect(
    fetch(`http://127.0.0.1:${port}/wopi/files/${file.id}/contents?access_token=t`).then((answer) => answer.text()),
  ).rejects.toThrow()
})
