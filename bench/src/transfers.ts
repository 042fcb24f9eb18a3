import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'

// Plain sockets: what the client needs of the processor is no part of what is measured.

const block = randomBytes(1 << 20)

/** Fetches a file and lets go of it. Throws unless `size` bytes have come with a 200. */
export async function download(port: number, path: string, size: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
  let start = ''
  let received = 0
  socket.on('data', (chunk) => {
    if (start === '') start = chunk.subarray(0, 4096).toString('latin1')
    received += chunk.length
  })
  await once(socket, 'close')
  if (!start.startsWith('HTTP/1.1 200') || received < size) {
    throw new Error(`${path.split('?')[0]} sent ${received} bytes: ${start.split('\r\n')[0]}`)
  }
}

/** Sends `size` bytes. Throws unless the answer is 200. */
export async function upload(target: UploadTarget, size: number): Promise<void> {
  const { port, path, headers = {} } = target
  const socket = connect(port, '127.0.0.1')
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, Connection: 'close', 'Content-Length': size, ...headers })
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
  })
  // A server that refuses may close before all is sent: what it said is told below.
  socket.on('error', () => undefined)
  const next = (event: string) => new Promise<void>((done) => socket.once(event, () => done()))
  const closed = next('close')
  for (let left = size; left > 0 && !socket.destroyed; left -= block.length) {
    const chunk = left < block.length ? block.subarray(0, left) : block
    if (!socket.write(chunk)) await Promise.race([next('drain'), closed])
  }
  await closed
  if (!answer.startsWith('HTTP/1.1 200'))
    throw new Error(`the upload was answered ${answer.slice(0, 500) || 'with nothing'}`)
}

/** Where bytes go, and under which headers. */
export interface UploadTarget {
  readonly port: number
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
}
