import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { mayRead } from './access/bearer.ts'
import { apiRoutes } from './api/routes.ts'
import { controlRoutes } from './control.ts'
import { download } from './files/download.ts'
import { appPolicy, plainPolicy } from './http/content-policy.ts'
import type { Env } from './http/env.ts'
import {
  asCalled,
  atOneName,
  calledByName,
  fromOwnPages,
  logged,
  safeHeaders,
  signedIn,
  signedInOrLed,
} from './http/guards.ts'
import { hostNames } from './http/host-names.ts'
import { peerReader } from './http/peer.ts'
import { Refusal } from './http/refusal.ts'
import { refusalOf } from './http/refusal-of.ts'
import { staticFiles } from './http/static-files.ts'
import { underPath } from './http/under-path.ts'
import { formRoutes } from './links/form-routes.ts'
import { shareRoutes } from './links/link-routes.ts'
import { restrictedPath, sharePath } from './links/open-links.ts'
import { causeOf, loggedPath } from './log-event.ts'
import { openRoute } from './open/open-route.ts'
import { appPage } from './pages/app.ts'
import { assetsFolder } from './pages/assets.ts'
import { openFailedPage } from './pages/open-failed.ts'
import type { Site } from './site.ts'
import { type Uploads, uploadsPath } from './uploads/uploads.ts'

/** Pages and API, all but WOPI itself. */
export function routes(site: Site, uploads: Uploads, controlToken: string): Hono<Env> {
  const { identify } = site.signIn
  const app = (c: Context<Env>) => {
    c.header('Content-Security-Policy', appPolicy(c.var.nonce))
    return c.html(appPage(c.var.nonce))
  }

  // Behind a proxy, the name that arrives here may be one that only the proxy uses.
  const oneName = site.config.publicUrl === undefined ? atOneName(site.addresses.public) : asCalled

  return new Hono<Env>()
    .use(logged(site))
    .use(underPath(new URL(site.addresses.public).pathname.replace(/\/$/, '')))
    .use(safeHeaders)
    .use(calledByName(peerReader(site.config.trustedProxies), hostNames(site.config.host, site.addresses)))
    .get('/assets/*', staticFiles(assetsFolder))
    .get('/sign-in', oneName, app)
    .route('/api/control', controlRoutes(site, controlToken))
    .use('/api/*', fromOwnPages(new URL(site.addresses.public).origin))
    .all(`${uploadsPath}/*`, signedIn(identify), upload(uploads))
    .all(uploadsPath, signedIn(identify), upload(uploads))
    .route('/api', apiRoutes(site))
    .get('/download/:id', (c) => downloadRoute(site, c))
    .use(`${sharePath}/*`, oneName)
    .route(sharePath, shareRoutes(site))
    .use(`${restrictedPath}/*`, oneName)
    .route(restrictedPath, formRoutes(site))
    .use(oneName)
    .use(signedInOrLed(identify))
    .get('/', app)
    .get('/trash', app)
    .get('/failed-saves', app)
    .get('/admin', app)
    .get('/folder/:id', app)
    .get('/open/:id', openRoute(site))
    .notFound(() => {
      throw new Refusal(404, 'There is no such page here.')
    })
    .onError((error, c) => answerError(site, c, error))
}

const upload =
  (uploads: Uploads) =>
  async (c: Context<Env>): Promise<Response> => {
    await uploads.handle(c.env.incoming, c.env.outgoing, c.var.person)
    return RESPONSE_ALREADY_SENT
  }

/** With a link from CheckFileInfo, which lasts a short while, or as someone who is signed in. */
async function downloadRoute(site: Site, c: Context<Env, '/download/:id'>): Promise<Response> {
  const id = c.req.param('id')
  const linked = site.downloads.read(c.req.url)
  const isKnown = linked?.id === id && (await mayRead(site, linked))
  if (!isKnown && !(await site.signIn.identify(c))) {
    throw new Refusal(401, 'This link does not work any more. Open the document again and download it from there.')
  }
  const file = await site.folder.storage.find(id)
  if (!file) throw new Refusal(404, 'This file is not there any more. Someone may have deleted it.')
  return download(site, c, file)
}

/** Programs are answered with a `Problem`, people with a page. Neither tells anything of the inside. */
function answerError(site: Site, c: Context<Env>, error: unknown): Response {
  const refusal = refusalOf(error)
  const { pathname } = new URL(c.req.url)
  if (refusal.status >= 500)
    site.log({
      level: 'error',
      event: 'request failed',
      method: c.req.method,
      path: loggedPath(pathname),
      ...causeOf(error),
    })
  const isForPeople = !pathname.startsWith('/api/') && c.req.method === 'GET'
  const headers = { ...refusal.headers, 'Cache-Control': 'no-store' }
  // For those who ask too often, no page is made.
  if (refusal.status === 429 && isForPeople) return c.text(refusal.message, 429, headers)
  if (!isForPeople) return Response.json(refusal.problem, { status: refusal.status, headers })
  return new Response(openFailedPage({ message: refusal.message, isByLink: isLinkPath(pathname) }), {
    status: refusal.status,
    headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': plainPolicy },
  })
}

/** Whoever comes by a link may see nothing else, so there is nowhere to lead them back to. */
const isLinkPath = (path: string) => [sharePath, restrictedPath].some((start) => path.startsWith(`${start}/`))
