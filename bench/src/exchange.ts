import { once } from 'node:events'
import { connect } from 'node:net'
import type { UploadTarget } from './transfers.ts'

/** How a request went. */
export interface Answered {
  /** Status and headers. */
  readonly head: string
  /** Bytes in both directions, headers and all. */
  readonly bytes: number
  readonly milliseconds: number
}

/** Sends a request on a connection of its own, and waits for all of the answer. Throws unless that is 200. */
export async function exchange({ port, path, headers = {} }: UploadTarget, body: Buffer): Promise<Answered> {
  const startedAt = performance.now()
  const socket = connect(port, '127.0.0.1')
  const lines = Object.entries({
    ...{ Host: `127.0.0.1:${port}`, Connection: 'close', 'Content-Length': body.length },
    ...headers,
  })
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  socket.write(body)
  const pieces: Buffer[] = []
  socket.on('data', (piece) => pieces.push(piece))
  await once(socket, 'close')
  const milliseconds = performance.now() - startedAt
  const answer = Buffer.concat(pieces)
  const head = answer.subarray(0, answer.indexOf('\r\n\r\n')).toString('latin1')
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`${path.split('?')[0]} answered ${head}`)
  return { head, bytes: socket.bytesWritten + answer.length, milliseconds }
}
