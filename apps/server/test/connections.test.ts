import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Server, start, until } from './start.ts'

function socketTo(server: Server): Socket {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return socket
}

const leftovers = async (server: Server) => readdir(join(server.dataFolder, 'incoming'))

test('a client that sends headers and then nothing is dropped, and nothing of its save is left behind', async () => {
  const server = await start({ files: { 'a.txt': 'whole' }, options: { idle: 1500 } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const { pathname } = new URL(wopiSrc)
  const send = (override: string, path: string, headers: string, body = '') =>
    `POST ${pathname}${path}?access_token=${accessToken} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-WOPI-Override: ${override}\r\nX-WOPI-Lock: x\r\n${headers}\r\n\r\n${body}`
  await fetch(`${wopiSrc}?access_token=${accessToken}`, {
    method: 'POST',
    headers: { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': 'x' },
  })

  for (const body of ['', 'half of it']) {
    const socket = socketTo(server)
    const closed = once(socket, 'close')
    socket.resume().write(send('PUT', '/contents', 'Content-Length: 1000', body))
    await closed
    await until(async () => (await leftovers(server)).length === 0, 'nothing is left of it')
    expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('whole')
  }
})

test('a slow upload that goes on is not dropped, however long it takes', async () => {
  // A pause that is meant to be short may be long on a machine that has much else to do.
  const server = await start({ files: { 'a.txt': '' }, options: { idle: 2500 } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const { pathname, hostname, port } = new URL(wopiSrc)
  const req = request({
    hostname,
    port,
    method: 'POST',
    path: `${pathname}/contents?access_token=${accessToken}`,
    headers: { 'X-WOPI-Override': 'PUT', 'Content-Length': 10 },
  })
  const answered = once(req, 'response')
  for (let i = 0; i < 10; i++) {
    req.write(String(i))
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  req.end()
  const [response] = await answered
  response.resume()
  expect([response.statusCode, await readFile(join(server.folder, 'a.txt'), 'utf8')]).toEqual([200, '0123456789'])
})

test('headers that never end are not waited for', async () => {
  const server = await start({ options: { idle: 1000 } })
  const socket = socketTo(server)
  const closed = once(socket, 'close')
  socket.resume().write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ')
  await closed
})

/** A save of ten bytes, of which five have arrived. */
async function begunSave(server: Server) {
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const { pathname, hostname, port } = new URL(wopiSrc)
  const req = request({
    hostname,
    port,
    method: 'POST',
    path: `${pathname}/contents?access_token=${accessToken}`,
    headers: { 'X-WOPI-Override': 'PUT', 'Content-Length': 10 },
  })
  req.write('01234')
  await until(async () => (await leftovers(server)).length > 0, 'the save has begun')
  return req
}

test('a save that is under way when the server is told to stop still arrives', async () => {
  const server = await start({ files: { 'a.txt': '' }, config: { drainLimit: 60_000 } })
  const save = await begunSave(server)
  const answered = once(save, 'response')
  const stopped = server.stop()
  save.end('56789')
  const [response] = await answered
  response.resume()
  await stopped
  expect([response.statusCode, await readFile(join(server.folder, 'a.txt'), 'utf8')]).toEqual([200, '0123456789'])
  await expect(fetch(server.url)).rejects.toThrow()
})

test('a save that goes on for longer than a server that stops waits is cut off, and changes nothing', async () => {
  const server = await start({ files: { 'a.txt': '' }, config: { drainLimit: 100 } })
  const save = await begunSave(server)
  const failed = once(save, 'error').catch((error: unknown) => error)
  await Promise.all([server.stop(), failed])
  expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('')
})

test('the folder can be served again as soon as the server has ended', async () => {
  const server = await start({ files: { 'a.txt': 'x' } })
  const { id } = await server.file('a.txt')
  await expect(start({ on: server })).rejects.toThrow(/is served already/)
  await server.stop()
  expect((await (await start({ on: server })).file('a.txt')).id).toBe(id)
})

test('a port that is taken is an error, and the folder is let go of again', async () => {
  const first = await start()
  const port = Number(new URL(first.url).port)
  const second = start({ config: { port } })
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
