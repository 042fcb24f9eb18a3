import { type Content, type Draft, encodeFailure, type WopiError } from '@openwopi/protocol'

/** An answer before it is a `Response`. A string is a body that is all there. */
export interface HostAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Content | string | null
}

/** Tokens and file names travel in these answers. */
const always = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'X-WOPI-ServerVersion': 'OpenWOPI' }

export const success = ({ headers, body }: Draft): HostAnswer => ({
  status: headers['Content-Range'] === undefined ? 200 : 206,
  headers: Object.assign(headers, always),
  body,
})

export function failure(error: WopiError): HostAnswer {
  const { status, headers, body } = encodeFailure(error)
  return { status, headers: Object.assign(headers, always), body }
}

export function toResponse({ status, headers, body }: HostAnswer): Response {
  return new Response(body === null || typeof body === 'string' ? body : toStream(body), { status, headers })
}

function toStream(content: Content): ReadableStream<Uint8Array> {
  if (content instanceof ReadableStream) return content
  const chunks = content[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return?.()
    },
  })
}
