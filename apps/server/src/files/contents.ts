import type { Host, HostAnswer, HostRequest } from '@openwopi/host'
import { readingToken } from '../access/bearer.ts'
import type { Site } from '../site.ts'

/** What of a request a client may say of the content it wants. */
const passed = new Set(['range', 'x-wopi-maxexpectedsize', 'x-wopi-correlationid'])

/**
 * Answers requests for a FileUrl with what GetFile answers: the same bytes, ranges, limits and headers. No client signs
 * them, so the link stands for the proof as well.
 */
export function contents(site: Site, host: Host): Pick<Host, 'answer'> {
  return {
    async answer(request) {
      if (request.method !== 'GET') return refusal(405, { Allow: 'GET' })
      const linked = site.contents.read(request.url)
      if (!linked) return refusal(401)
      const token = readingToken(site, linked)
      const { pathname: path } = new URL(host.wopiSrc({ on: 'file', id: linked.id }))
      return host.answer({ method: 'GET', url: `${path}/contents`, headers: withToken(request, token), body: null })
    },
  }
}

/** An answer without content. */
export const refusal = (status: number, headers: Record<string, string> = {}): HostAnswer => ({
  status,
  headers: { ...headers, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
  body: null,
})

const withToken = ({ headers }: HostRequest, token: string): HostRequest['headers'] => ({
  get(name) {
    const lower = name.toLowerCase()
    if (lower === 'authorization') return `Bearer ${token}`
    return passed.has(lower) ? headers.get(name) : null
  },
})
