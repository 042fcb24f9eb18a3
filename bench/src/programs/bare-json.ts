import { options, serve } from './serve.ts'

// The baseline of small answers: Node's own server, sending bytes and headers that are ready.
const { status, headers, body } = options

await serve((_request, response) => {
  response.writeHead(status, headers).end(body)
})
