import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Host } from '@openwopi/host'
import { Hono } from 'hono'
import { type Listening, listening } from './listening.ts'

/** A host in a Hono application, on Node. On Workers, Bun and Deno the application is the same. */
export function listen(host: Pick<Host, 'fetch' | 'answer'>): Promise<Listening> {
  const app = new Hono()
  app.all('/wopi/*', (context) => host.fetch(context.req.raw))
  app.get('/', (context) => context.text('the rest of the application'))
  return listening(createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false })))
}
