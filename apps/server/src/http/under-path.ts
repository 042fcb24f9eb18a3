import type { MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'

/**
 * Puts `path` before the addresses that answers lead to. Pages and redirects are made as if the server lay at the root of
 * its origin; a proxy may have it lie under a path.
 */
export const underPath =
  (path: string): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next()
    if (path === '') return
    const location = c.res.headers.get('Location')
    if (location !== null) c.res.headers.set('Location', underneath(path, location))
    // Documents are never sent as pages: all of these are made by this server.
    if (!/^text\/html\b/i.test(c.res.headers.get('Content-Type') ?? '')) return
    const { status, headers } = c.res
    const html = led(await c.res.text(), path)
    c.res = undefined
    c.res = new Response(html, { status, headers })
  }

const underneath = (path: string, address: string): string => (/^\/(?!\/)/.test(address) ? path + address : address)

/** What people have written into a page holds no quotation marks, as these are escaped. */
const led = (html: string, path: string): string =>
  html
    .replace('<html ', `<html data-base="${path}" `)
    .replace(
      / (href|src|action)="(\/[^"]*)"/g,
      (_, name: string, address: string) => ` ${name}="${underneath(path, address)}"`,
    )
