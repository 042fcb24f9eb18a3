import { type Next, overrideOf } from './break.ts'

/** Takes what came of a body for all of it. */
export const keepsPart =
  (next: Next): Next =>
  async (request) => {
    if (overrideOf(request) !== 'PUT' || !request.body) return next(request)
    const parts: Uint8Array[] = []
    try {
      for await (const part of request.body) parts.push(part)
    } catch {
      // The rest never comes.
    }
    const headers = new Headers(request.headers)
    headers.delete('Content-Length')
    return next(new Request(request.url, { method: 'POST', headers, body: Buffer.concat(parts) }))
  }
