import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { listen, waitingServer } from '../../src/http/listening.ts'

/** Longer than a test may take. */
const patience = 600_000

async function aServer() {
  const { server, answerWith, drain } = waitingServer(60_000)
  answerWith((_, res) => void setTimeout(() => res.end('answered'), 100))
  const port = await listen(server, 0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  return {
    drain,
    async connect(): Promise<Socket> {
      const accepted = once(server, 'connection')
      const socket = connect(port, '127.0.0.1')
      onTestFinished(() => void socket.destroy())
      await accepted
      return socket
    },
  }
}

const ask = (socket: Socket) => socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')

/** Connections are given a quarter of a second for their first request. */
const pastThat = () => new Promise((resolve) => setTimeout(resolve, 300))

test('a server that ends does not wait for connections on which nobody has asked for anything', async () => {
  const { connect, drain } = await aServer()
  const sockets = [await connect(), await connect()]
  const closed = sockets.map((socket) => once(socket.resume(), 'close'))
  await drain(patience)
  await Promise.all(closed)
})

test('a request that is on its way on a fresh connection is answered before the end', async () => {
  const { connect, drain } = await aServer()
  const socket = await connect()
  const ended = drain(patience)
  ask(socket)
  expect(await text(socket)).toContain('answered')
  await ended
})

test('a first request that has arrived is answered, however long its connection was silent', async () => {
  const { connect, drain } = await aServer()
  const socket = await connect()
  await pastThat()
  ask(socket)
  const ended = drain(patience)
  expect(await text(socket)).toContain('answered')
  await ended
})
