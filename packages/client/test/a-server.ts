import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** Listens on a free port of this machine until the test ends. */
export async function aServer(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

/** A request as it was received. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** A server that remembers what it was asked, and then lets `answer` speak. */
export async function aRecorder(answer: (received: Received, res: ServerResponse) => void) {
  const received: Received[] = []
  const { url } = await aServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const one = { method: req.method ?? '', url: req.url ?? '', headers: req.headers, body: Buffer.concat(chunks) }
    received.push(one)
    answer(one, res)
  })
  return { url, received }
}

/** Content that flows in pieces. */
export async function* inPieces(...pieces: readonly string[]) {
  for (const piece of pieces) yield Buffer.from(piece)
}
