import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startPostgres } from '../../scripts/postgres.js'

/** What the server answers to a request for TLS: `N`, as it has none. `undefined`: nobody is there. */
const answerAt = (port: number) =>
  new Promise<string | undefined>((answered) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])))
    socket.once('data', (data) => {
      answered(data.toString())
      socket.destroy()
    })
    socket.once('error', () => answered(undefined))
  })

test('A PostgreSQL of its own starts, stops, starts again where it was, and leaves nothing behind.', async () => {
  const server = await startPostgres()
  expect(await answerAt(server.port)).toBe('N')
  await server.down()
  expect(await answerAt(server.port)).toBeUndefined()
  await server.up()
  await server.restart('crash')
  expect(await answerAt(server.port)).toBe('N')
  server.pause()
  await server.stop()
  expect(await answerAt(server.port)).toBeUndefined()
  expect(existsSync(server.folder)).toBe(false)
})
