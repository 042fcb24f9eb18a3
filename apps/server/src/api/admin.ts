import { Hono } from 'hono'
import { describeClients } from '../admin/describe-clients.ts'
import { listLocks } from '../admin/list-locks.ts'
import { remembering } from '../admin/remembering.ts'
import type { AdminLocks, AdminSessions, AdminStorage } from '../api.ts'
import type { Env } from '../http/env.ts'
import { ownersOnly } from '../http/guards.ts'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'

/** How many entries of a list are shown. */
const most = 200

/** Counting everything takes seconds where there is much: an answer is good for so many milliseconds. */
const countedFor = 60_000

/** What owners look after: who is signed in, what is locked, the clients, and what is stored. */
export function adminRoutes(site: Site): Hono<Env> {
  const { signIn, sessions, folder, editors, audit, now } = site
  const usage = remembering(folder.usage, { lifetime: countedFor, now })

  return new Hono<Env>()
    .use(ownersOnly('Only owners may see and change how this server is used.'))
    .get('/sessions', async (c) => {
      const own = signIn.sessionOf(c)
      const { all, total } = await sessions.list(most)
      const items = all.map((session) => ({ ...session, isThis: session.id === own }))
      return c.json({ items, total } satisfies AdminSessions)
    })
    .delete('/sessions/:id', async (c) => {
      const ended = await sessions.endOne(c.req.param('id'))
      if (ended !== undefined) audit.note({ by: c.var.person, what: 'ended a session', details: `of ${ended}` })
      return c.body(null, 204)
    })
    .get('/locks', async (c) => c.json((await listLocks(site, most)) satisfies AdminLocks))
    .get('/clients', (c) => c.json(describeClients(site)))
    .post('/clients/:name/read', async (c) => {
      const name = c.req.param('name')
      if (!editors.clients.some((client) => client.name === name)) throw new Refusal(404, 'There is no such client.')
      await editors.refresh(name)
      return c.json(describeClients(site))
    })
    .get('/storage', async (c) => c.json((await usage()) satisfies AdminStorage))
}
