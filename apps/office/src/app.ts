import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { apiRoutes } from './api-routes.ts'
import { discovery } from './discovery.ts'
import type { Sessions } from './editing/sessions.ts'
import { languageOf } from './language-of.ts'
import type { Nodes } from './nodes/answered-there.ts'
import { type PageOptions, pageRoutes } from './page-routes.ts'
import type { ProofKeys } from './proof-keys.ts'
import { barePolicy, plainHeaders } from './security-headers.ts'
import { staticRoutes } from './static-routes.ts'

export interface AppOptions extends PageOptions {
  readonly keys: ProofKeys
  readonly sessions: Sessions
  readonly nodes: Nodes
}

/** Everything this client answers over HTTP. */
export function createApp(options: AppOptions): Hono {
  const { url, keys, ports, sessions, nodes } = options
  const base = new URL(url).pathname.replace(/\/$/, '')
  const app = new Hono()
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(plainHeaders)) context.header(name, value)
    await next()
  })
  app.get(`${base}/hosting/discovery`, (context) => {
    const xml = discovery(url, ports.apps, keys.published())
    context.header('Content-Security-Policy', barePolicy)
    context.header('Cache-Control', 'public, max-age=300')
    context.header('ETag', `"${createHash('sha256').update(xml).digest('base64url')}"`)
    return context.body(xml, 200, { 'Content-Type': 'text/xml; charset=utf-8' })
  })
  app.get(`${base}/hosting/capabilities`, (context) => context.json(capabilities))
  app.route(base || '/', staticRoutes())
  app.route(`${base}/api`, apiRoutes(ports, sessions, nodes))
  app.route(base || '/', pageRoutes(options))
  app.onError((cause, context) => {
    ports.observe({ what: 'request failed', cause })
    const { title, message, hint } = languageOf(context).strings.failures.broken
    return context.text(`${title}. ${message} ${hint}`, 500)
  })
  return app
}

/** As other editors describe themselves to hosts. */
const capabilities = {
  'convert-to': { available: false },
  hasTemplateSaveAs: false,
  hasTemplateSource: false,
  hasMobileSupport: true,
  hasProxyPrefix: false,
  productName: 'OpenWOPI Office',
  productVersion: '0.1.0',
}
