import { createHash, timingSafeEqual } from 'node:crypto'
import type { User } from '@openwopi/host'
import { Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { isLoopback } from './addresses.ts'
import { bodyOf } from './api/body.ts'
import { examinationRoutes } from './examination/routes.ts'
import type { Env } from './http/env.ts'
import { Refusal, tooMany } from './http/refusal.ts'
import { actionAddress, localeOf } from './open/action-address.ts'
import { openingOf } from './open/opening.ts'
import type { People } from './sign-in/people.ts'
import { localPerson, personId } from './sign-in/person.ts'
import type { Site } from './site.ts'
import { recoveryRoutes } from './spool/control-routes.ts'

const request = z.strictObject({
  path: z.string().min(1).max(4096),
  user: z.string().min(1).max(200).optional(),
  view: z.boolean().optional(),
  ttl: z
    .number()
    .positive()
    .max(10 * 365 * 24 * 60 * 60)
    .optional(),
  client: z.string().min(1).max(200).optional(),
})

/** What `openwopi token` is told. */
export interface ControlToken {
  readonly wopiSrc: string
  readonly accessToken: string
  /** Milliseconds since the epoch. */
  readonly accessTokenTtl: number
  /** `null`: no client opens such files. */
  readonly actionUrl: string | null
}

/** For programs on this machine that can read the data folder: whoever can, can do everything anyway. */
export const controlRoutes = (site: Site, secret: string): Hono<Env> =>
  new Hono<Env>()
    .use(fromHere(secret))
    .route('/examination', examinationRoutes(site))
    .route('/recovery', recoveryRoutes(site))
    .post('/token', async (c) => {
      const wait = await site.limits.control.take('token')
      if (wait > 0) throw tooMany('Too many tokens were asked for in a short time.', wait)
      return c.json(await issue(site, await bodyOf(c, request), localeOf(c)))
    })
    .post('/revoke', async (c) => {
      const { accessToken } = await bodyOf(c, z.strictObject({ accessToken: z.string().max(4096) }))
      if (!(await site.tokens.revoke(accessToken)))
        throw new Refusal(404, 'This is not a token that this server has given out.')
      site.log({ level: 'info', event: 'token revoked' })
      return c.body(null, 204)
    })

const fromHere =
  (secret: string): MiddlewareHandler<Env> =>
  async (c, next) => {
    const { remoteAddress = '', localAddress } = c.env.incoming.socket
    const isHere = isLoopback(remoteAddress.replace(/^::ffff:/, '')) || remoteAddress === localAddress
    if (!isHere || c.var.peer.isForwarded) {
      throw new Refusal(403, 'This is only for programs on the machine that the server runs on.')
    }
    if (!isSame(c.req.header('Authorization'), `Bearer ${secret}`)) {
      throw new Refusal(401, 'This is only for programs that can read the data folder of the server.')
    }
    await next()
  }

async function issue(site: Site, asked: z.infer<typeof request>, locale: string): Promise<ControlToken> {
  const { path, user, view = false, ttl, client } = asked
  refuseUnknown(site, client)
  const file = await site.folder.byPath(path)
  if (!file) throw new Refusal(404, `There is no file ${path} in the folder that is served.`)
  const opening = openingOf(site, file, { view, client })
  await site.describe.learn(file)
  const { token, expiresAt, id } = site.tokens.mint({
    user: await userCalled(site.people, user),
    file,
    view,
    ...(client !== undefined && { client }),
    ...(ttl !== undefined && { lifetime: Math.round(ttl * 1000) }),
  })
  site.log({ level: 'info', event: 'token minted', file: file.id, token: id, view })
  return {
    wopiSrc: site.wopiSrc(file.id),
    accessToken: token,
    accessTokenTtl: expiresAt,
    actionUrl: opening ? actionAddress(opening.editor, { wopiSrc: site.wopiSrc(file.id), locale }) : null,
  }
}

function refuseUnknown({ editors }: Site, client: string | undefined): void {
  const names = editors.clients.map(({ name }) => name)
  if (client !== undefined && !names.includes(client)) {
    throw new Refusal(404, `There is no client called ${client}. There is: ${names.join(', ')}.`)
  }
}

/** Compares without telling by its time how much is right. */
function isSame(given: string | undefined, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given ?? ''), hash(expected))
}

async function userCalled(people: People, name: string | undefined): Promise<User> {
  if (await people.isOpen()) return name === undefined ? localPerson() : { id: personId(name), name }
  const found = name === undefined ? await people.first() : await people.named(name)
  if (!found || (name === undefined && !found.isOwner))
    throw new Refusal(
      404,
      name === undefined ? 'None of the users is an owner. Name one with --user.' : `There is no user called ${name}.`,
    )
  return found
}
