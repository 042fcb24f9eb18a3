import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import type { Connect, Connection } from '../raw-request.ts'

const patience = 20_000

/** Opens connections with the sockets of Node. */
export const connect: Connect = async (url) => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = url.protocol === 'https:'
  const port = Number(url.port || (isSecure ? 443 : 80))
  const socket = isSecure ? connectSecure({ host, port, servername: host }) : connectPlain({ host, port })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once(isSecure ? 'secureConnect' : 'connect', resolve)
  })
  return connectionOn(socket)
}

function connectionOn(socket: Socket): Connection {
  const came: Buffer[] = []
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('data', (chunk: Buffer) => came.push(chunk))
  // A host may close the connection on a request that it refuses: what it said before counts.
  socket.on('error', () => undefined)
  socket.setTimeout(patience, () => socket.destroy())
  return {
    send: (bytes) => new Promise<void>((resolve) => socket.write(bytes, () => resolve())),
    async some(milliseconds) {
      if (came.length > 0) return
      const arrived = new Promise<void>((resolve) => socket.once('data', () => resolve()))
      await Promise.race([arrived, closed, new Promise((resolve) => setTimeout(resolve, milliseconds))])
    },
    async rest() {
      await closed
      return Buffer.concat(came).toString('latin1')
    },
    reset: () => void socket.resetAndDestroy(),
  }
}
