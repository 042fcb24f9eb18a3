import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env } from '../http/env.ts'
import { Refusal, tooMany } from '../http/refusal.ts'
import type { RateLimits } from '../limits/rate-limit.ts'
import type { Users } from '../users.ts'
import type { People } from './people.ts'
import { localPerson, type Person } from './person.ts'
import type { Sessions } from './sessions.ts'

/** Who makes a request. `undefined`: nobody who is known. Each way of signing in is a function of this type. */
export type Identify = (c: Context<Env>) => Promise<Person | undefined>

/** Signing in with a name and a password, and out again. */
export interface SignIn {
  /** Whether there is anything to sign in to. */
  isNeeded(): Promise<boolean>
  readonly identify: Identify
  /** Starts a session. Throws a `Refusal` if name and password do not belong together, or after too many tries. */
  begin(c: Context<Env>, name: string, password: string): Promise<Person>
  end(c: Context<Env>): Promise<void>
  /** The id of the session in which a request is made. `undefined`: in none. */
  sessionOf(c: Context<Env>): string | undefined
}

export interface SignInOptions {
  readonly users: Users
  readonly people: People
  readonly sessions: Sessions
  /** How browsers know this server. */
  readonly publicUrl: string
  readonly limits: RateLimits
}

const minute = 60_000
/** Checking a password is slow on purpose; more than so many at once would be slow for everyone. */
const mostAtOnce = 4

export function createSignIn({ users, people, sessions, publicUrl, limits }: SignInOptions): SignIn {
  const byAddress = limits('sign-in by address', { times: 10, per: 10 * minute })
  const byName = limits('sign-in by name', { times: 5, per: 10 * minute })
  const cookie = sessionCookie(new URL(publicUrl))
  const local = localPerson()
  let underWay = 0

  const isNeeded = async () => !(await people.isOpen())

  async function limit(address: string, name: string): Promise<void> {
    const waits = await Promise.all([byAddress.take(address), byName.take(name.toLowerCase())])
    const wait = Math.max(...waits, underWay >= mostAtOnce ? 1000 : 0)
    if (wait > 0) throw tooMany('There were too many tries to sign in. Wait a little and try again.', wait)
  }

  async function verify(name: string, password: string) {
    underWay += 1
    try {
      return await users.verify(name, password)
    } finally {
      underWay -= 1
    }
  }

  return {
    isNeeded,
    async identify(c) {
      if (!(await isNeeded())) return local
      const secret = cookie.read(c)
      const session = secret === undefined ? undefined : await sessions.whose(secret)
      if (!session || (await people.passwordMarkOf(session.name)) !== session.passwordMark) return undefined
      return people.named(session.name)
    },
    async begin(c, name, password) {
      await limit(c.var.peer.address, name)
      const user = await verify(name, password)
      const person = user && (await people.named(user.name))
      if (!person) throw new Refusal(401, 'This name and this password do not belong together.')
      // Only tries that fail count: many people may share an address.
      await Promise.all([byAddress.giveBack(c.var.peer.address), byName.giveBack(name.toLowerCase())])
      // A session that was there before may be known to someone else: it ends with a new sign-in.
      const before = cookie.read(c)
      if (before !== undefined) await sessions.end(before)
      const passwordMark = (await people.passwordMarkOf(person.name)) ?? ''
      cookie.write(c, await sessions.begin({ name: person.name, passwordMark }))
      return person
    },
    sessionOf(c) {
      const secret = cookie.read(c)
      return secret === undefined ? undefined : sessions.idOf(secret)
    },
    async end(c) {
      const secret = cookie.read(c)
      if (secret !== undefined) await sessions.end(secret)
      cookie.remove(c)
    },
  }
}

/**
 * The cookie that holds a session's secret. No script reads it, no other site's form sends it, and over https no other
 * host of the domain can set it. `Lax`, as people come to their documents by links on other sites.
 */
function sessionCookie({ protocol, port }: URL) {
  const isHttps = protocol === 'https:'
  // Browsers send cookies to every port of a host: two servers on one machine need two names.
  const name = port === '' ? 'openwopi_session' : `openwopi_session_${port}`
  const prefix = isHttps ? 'host' : undefined
  const attributes = {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps,
    ...(isHttps && { prefix: 'host' as const }),
  } as const
  return {
    read: (c: Context<Env>) => getCookie(c, name, prefix),
    write: (c: Context<Env>, secret: string) =>
      setCookie(c, name, secret, { ...attributes, maxAge: 30 * 24 * 60 * 60 }),
    remove: (c: Context<Env>) => deleteCookie(c, name, attributes),
  }
}
