import { Hono } from 'hono'
import { z } from 'zod'
import type { Session } from '../api.ts'
import { newDocuments } from '../clients/new-documents.ts'
import type { Env } from '../http/env.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import { bodyOf } from './body.ts'

const credentials = z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(1000) })

/** Who is signed in, signing in, and signing out. Open to everyone. */
export function sessionRoutes(site: Site): Hono<Env> {
  const { config, signIn } = site

  const sessionOf = async (person: Person | undefined): Promise<Session> => ({
    ...(person && { user: { id: person.id, name: person.name, isOwner: person.isOwner } }),
    folderName: person ? (await site.folder.containers.root()).name : 'Documents',
    canSignOut: person !== undefined && (await signIn.isNeeded()),
    newDocuments: person ? newDocuments(site.editors) : [],
    canShare: person !== undefined && site.links.shares !== undefined,
    hasActivities: person !== undefined && site.links.activities !== undefined,
    ...(config.maxFileSize !== undefined && { maxFileSize: config.maxFileSize }),
  })

  return new Hono<Env>()
    .get('/', async (c) => c.json(await sessionOf(await signIn.identify(c))))
    .post('/', async (c) => {
      const { name, password } = await bodyOf(c, credentials)
      const person = await signIn.begin(c, name, password)
      site.log({ level: 'info', event: 'signed in', user: person.name })
      site.audit.note({ by: person, what: 'signed in' })
      return c.json(await sessionOf(person))
    })
    .delete('/', async (c) => {
      await signIn.end(c)
      return c.body(null, 204)
    })
}
