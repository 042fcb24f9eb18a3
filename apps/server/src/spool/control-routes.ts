import { Hono } from 'hono'
import { z } from 'zod'
import { bodyOf } from '../api/body.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import { localPerson } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import { recovered } from './recovered.ts'

const wish = z.strictObject({ id: z.string().max(100) })

/** For `openwopi recover`, while the server runs. */
export function recoveryRoutes({ recovery, spoolPlaces }: Pick<Site, 'recovery' | 'spoolPlaces'>): Hono<Env> {
  const needed = () => {
    if (!recovery) throw new Refusal(404, 'The server runs without a spool.')
    return recovery
  }
  return new Hono<Env>()
    .post('/apply', async (c) => {
      const { id } = await bodyOf(c, wish)
      const sentence = await recovered(needed(), id, localPerson())
      await spoolPlaces?.tell()
      return c.json({ sentence })
    })
    .post('/elsewhere', async (c) => c.json((await spoolPlaces?.elsewhere()) ?? []))
    .post('/discard', async (c) => {
      const { id } = await bodyOf(c, wish)
      await needed().discard(id, localPerson())
      await spoolPlaces?.tell()
      return c.body(null, 204)
    })
}
