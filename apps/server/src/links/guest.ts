import { randomBytes } from 'node:crypto'
import type { User } from '@openwopi/host'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Env } from '../http/env.ts'

const cookie = 'openwopi_guest'

/** Whoever has followed a link: the same one for as long as the browser is open, so that editors tell guests apart. */
export function guestOf(c: Context<Env>, isHttps: boolean): User {
  const known = getCookie(c, cookie)
  // Editors are told the id, so it must be nobody's who signs in.
  const mark = known !== undefined && /^[\da-f]{16}$/.test(known) ? known : randomBytes(8).toString('hex')
  if (mark !== known) setCookie(c, cookie, mark, { path: '/', httpOnly: true, sameSite: 'Lax', secure: isHttps })
  return { id: `guest${mark}`, name: 'Guest', isAnonymous: true }
}
