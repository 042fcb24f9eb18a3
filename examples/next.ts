import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Host } from '@openwopi/host'
import { type Listening, listening } from './listening.ts'

type Handler = (request: Request) => Promise<Response>

/**
 * What `app/wopi/[...path]/route.ts` of a Next application exports: `export const { GET, POST, … } = route(host)`. WOPI
 * uses GET and POST; of the others the host says that they are not allowed, and what is.
 */
export function route({ fetch }: Pick<Host, 'fetch'>) {
  return { GET: fetch, POST: fetch, HEAD: fetch, OPTIONS: fetch, PUT: fetch, PATCH: fetch, DELETE: fetch }
}

/** Serves the route as Next does: by the method, and 405 where there is none. */
export function listen(host: Pick<Host, 'fetch' | 'answer'>): Promise<Listening> {
  const handlers = new Map<string, Handler>(Object.entries(route(host)))
  const serve = (request: Request) => handlers.get(request.method)?.(request) ?? new Response(null, { status: 405 })
  return listening(createServer(getRequestListener(serve, { overrideGlobalObjects: false })))
}
