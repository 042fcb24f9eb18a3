import { randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { loggedPath } from '../log-event.ts'
import type { Identify } from '../sign-in/sign-in.ts'
import type { Site } from '../site.ts'
import type { Env } from './env.ts'
import type { Peer, PeerRequest } from './peer.ts'
import { Refusal } from './refusal.ts'

type Guard = MiddlewareHandler<Env>

/** Finds out who sends a request, and refuses those that call this server by a name that is not its own. */
export const calledByName =
  (readPeer: (request: PeerRequest) => Peer, isOurs: (host: string) => boolean): Guard =>
  async (c, next) => {
    const peer = readPeer({ headers: c.req.raw.headers, remoteAddress: c.env.incoming.socket.remoteAddress })
    if (!isOurs(peer.host)) {
      throw new Refusal(
        421,
        'This server is not known by the name it was called by. Use the address it printed at its start, or start it with --public-url.',
      )
    }
    c.set('peer', peer)
    await next()
  }

/**
 * Leads from another name of this machine to the one that editors are told, such as from `localhost` to `127.0.0.1`: to
 * a browser they are different sites, and an editor speaks only to the one it was told of.
 */
export const atOneName =
  (publicUrl: string): Guard =>
  async (c, next) => {
    const there = new URL(publicUrl)
    const here = new URL(`http://${c.var.peer.host}`)
    if (here.hostname === there.hostname || here.port !== there.port) return next()
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(there.origin + pathname + search, 307)
  }

/** Lets every name be. */
export const asCalled: Guard = (_, next) => next()

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses changes that a page of another site asks for. `publicOrigin` is how browsers know this server. */
export const fromOwnPages =
  (publicOrigin: string): Guard =>
  async (c, next) => {
    const isOwn =
      reading.has(c.req.method) ||
      (c.req.header('X-OpenWOPI') === '1' &&
        isOwnOrigin(c.req.header('Origin'), [publicOrigin, originOf(c.var.peer)]) &&
        ['same-origin', 'none', undefined].includes(c.req.header('Sec-Fetch-Site')))
    if (!isOwn) throw new Refusal(403, 'Changes are taken only from the pages of this server.')
    await next()
  }

const originOf = ({ isHttps, host }: Peer) => `${isHttps ? 'https' : 'http'}://${host}`

/** A program that is no browser sends no origin. */
const isOwnOrigin = (origin: string | undefined, own: readonly string[]) => origin === undefined || own.includes(origin)

/** Lets only owners through. */
export const ownersOnly =
  (sentence: string): Guard =>
  async (c, next) => {
    if (!c.var.person.isOwner) throw new Refusal(403, sentence)
    await next()
  }

/** Lets only those through who are signed in. */
export const signedIn =
  (identify: Identify): Guard =>
  async (c, next) => {
    const person = await identify(c)
    if (!person) throw new Refusal(401, 'Sign in first.')
    c.set('person', person)
    await next()
  }

/** Leads those who are not signed in to the page where they can, and from there back. */
export const signedInOrLed =
  (identify: Identify): Guard =>
  async (c, next) => {
    const person = await identify(c)
    if (!person) {
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(`/sign-in?${new URLSearchParams({ next: pathname + search })}`, 303)
    }
    c.set('person', person)
    return next()
  }

/** Writes down what was asked and how it went, without what stands after the path; and tells whoever watches. */
export const logged =
  ({ log, watch, now }: Pick<Site, 'log' | 'watch' | 'now'>): Guard =>
  async (c, next) => {
    const began = now()
    await next()
    const status = c.env.outgoing.headersSent ? c.env.outgoing.statusCode : c.res.status
    const milliseconds = now() - began
    watch.request(routePath(c), status, milliseconds)
    log({
      level: 'debug',
      event: 'request',
      method: c.req.method,
      path: loggedPath(new URL(c.req.url).pathname),
      status,
      milliseconds,
    })
  }

/** Headers that every answer carries. Pages add a Content-Security-Policy of their own. */
export const safeHeaders: Guard = async (c, next) => {
  c.set('nonce', randomBytes(16).toString('base64'))
  await next()
  const headers: Record<string, string> = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
  }
  for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
}
