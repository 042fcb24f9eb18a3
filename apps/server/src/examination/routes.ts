import { Hono } from 'hono'
import { z } from 'zod'
import { bodyOf } from '../api/body.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import { actionAddress, localeOf } from '../open/action-address.ts'
import { openingOf } from '../open/opening.ts'
import { localPerson } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import { deploymentOf } from './deployment.ts'

/** A file that lies in the folder for as long as an examination needs it, and what a client needs to open it. */
export interface TrialFile {
  readonly id: string
  readonly wopiSrc: string
  readonly accessToken: string
  /** `null`: no client opens such files, or not the one asked for. */
  readonly actionUrl: string | null
}

const secret = z.string().length(43)
const wish = z.strictObject({
  secret,
  extension: z.string().regex(/^[a-z\d]{1,10}$/),
  client: z.string().max(200).optional(),
})

/** What a program on this machine that examines the deployment may ask for, behind the guard of the control routes. */
export function examinationRoutes(site: Site): Hono<Env> {
  /** The files of each examination. */
  const files = new Map<string, Set<string>>()
  const remove = async (of: string) => {
    for (const id of files.get(of) ?? []) await removeTrial(site, id)
    files.delete(of)
  }

  return new Hono<Env>()
    .post('/begin', async (c) => {
      // Of one that was ended by force, something may have been left.
      for (const of of files.keys()) if (!site.examinations.isOpen(of)) await remove(of)
      return c.json({ secret: site.examinations.begin(), deployment: deploymentOf(site) })
    })
    .post('/release', async (c) => {
      site.examinations.release((await bodyOf(c, z.strictObject({ secret }))).secret)
      return c.body(null, 204)
    })
    .post('/end', async (c) => {
      const { secret: of } = await bodyOf(c, z.strictObject({ secret }))
      site.examinations.end(of)
      await remove(of)
      return c.body(null, 204)
    })
    .post('/file', async (c) => {
      const asked = await bodyOf(c, wish)
      if (!site.examinations.isOpen(asked.secret)) throw new Refusal(404, 'This examination is over.')
      const file = await trialFile(site, asked, localeOf(c))
      files.set(asked.secret, (files.get(asked.secret) ?? new Set()).add(file.id))
      return c.json(file)
    })
    .post('/remove', async (c) => {
      await removeTrial(site, (await bodyOf(c, z.strictObject({ id: z.string().max(200) }))).id)
      return c.body(null, 204)
    })
}

const namePrefix = 'openwopi-doctor-'

async function trialFile(site: Site, { extension, client }: z.infer<typeof wish>, locale: string): Promise<TrialFile> {
  const user = (await site.people.first()) ?? localPerson()
  const name = `${namePrefix}${site.now().toString(36)}`
  const names = Array.from({ length: 50 }, (_, i) => `${name}-${i}.${extension}`)
  const file = await site.folder.storage.create('root', names, nothing(), { by: user })
  if (!file) throw new Refusal(409, 'No name for a file to try was free.')
  const opening = openingOf(site, file, { view: client !== undefined, client })
  const view = client !== undefined
  const { token } = site.tokens.mint({ user, file, view, lifetime: 10 * 60_000, ...(view && { client }) })
  const wopiSrc = site.wopiSrc(file.id)
  return {
    id: file.id,
    wopiSrc,
    accessToken: token,
    actionUrl: opening ? actionAddress(opening.editor, { wopiSrc, locale }) : null,
  }
}

async function* nothing() {}

/** Removes a file that was made to try something, and no other. */
async function removeTrial(site: Site, id: string): Promise<void> {
  const file = await site.folder.storage.find(id)
  if (file && !file.name.startsWith(namePrefix))
    throw new Refusal(403, 'This is not a file that was made to try something.')
  if (file) await site.folder.storage.remove(file, { by: localPerson() })
  const trashed = (await site.folder.trash.list()).find((one) => one.file.id === id)
  if (trashed?.file.name.startsWith(namePrefix)) await site.folder.trash.empty(id)
}
