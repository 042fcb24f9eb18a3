import { connect, type Socket } from 'node:net'

// Sends one request over and over on many connections, and counts the answers. It reads the first answer to learn how
// long it is and only counts bytes from then on, so that it takes far less time than any server.
const { port, path, connections, milliseconds } = JSON.parse(process.argv[2] ?? '{}')
const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: application/json\r\n\r\n`)

let answers = 0

/** The length of an answer, headers and body. */
function lengthOf(answer: Buffer): number {
  const head = answer.subarray(0, answer.indexOf('\r\n\r\n') + 4)
  const text = head.toString('latin1')
  if (!text.startsWith('HTTP/1.1 200')) throw new Error(`the server answered ${text.split('\r\n')[0]}`)
  const length = /^content-length: (\d+)/im.exec(text)?.[1]
  if (length === undefined) throw new Error('the answer does not say how long it is')
  return head.length + Number(length)
}

function repeat(socket: Socket): void {
  let length = 0
  let received = 0
  socket.on('data', (chunk: Buffer) => {
    if (length === 0) length = lengthOf(chunk)
    received += chunk.length
    if (received < length) return
    received -= length
    answers++
    socket.write(request)
  })
  socket.on('error', (error) => {
    throw error
  })
  socket.write(request)
}

const sockets = Array.from({ length: connections }, () => {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  socket.once('connect', () => repeat(socket))
  return socket
})

let isOver = false

/** Keeps this process awake: to wake it up costs a server as much as a small answer, and the slower one more often. */
function stayAwake(): void {
  if (!isOver) setImmediate(stayAwake)
}

process.once('disconnect', () => process.exit())
stayAwake()
const startedAt = performance.now()
setTimeout(() => {
  isOver = true
  const seconds = (performance.now() - startedAt) / 1000
  for (const socket of sockets) socket.destroy()
  process.send?.({ perSecond: answers / seconds, answers })
}, milliseconds)
