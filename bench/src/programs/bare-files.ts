import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { options, serve } from './serve.ts'

// The baseline of large answers and uploads: the shortest code that sends a file, or puts one on disk for good.
const { path, size } = options

async function store(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hash = createHash('sha256')
  const file = await open(`${path}.new`, 'w')
  request.on('data', (chunk: Buffer) => hash.update(chunk))
  await pipeline(request, file.createWriteStream({ flush: true }))
  response.writeHead(200, { 'X-Hash': hash.digest('base64') }).end()
}

await serve((request, response) => {
  if (request.method === 'POST') return void store(request, response)
  response.writeHead(200, { 'Content-Length': size, 'Content-Type': 'application/octet-stream' })
  createReadStream(path).pipe(response)
})
