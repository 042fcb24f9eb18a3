import { Hono } from 'hono'
import type { FileItem, FolderItem, Found } from '../api.ts'
import type { Env } from '../http/env.ts'
import type { Person } from '../sign-in/people.ts'
import type { Site } from '../site.ts'
import { within } from './folders.ts'
import { fileItem } from './items.ts'

/** Files and folders by what is in their names. */
export const searchRoutes = (site: Site): Hono<Env> =>
  new Hono<Env>().get('/', async (c) => {
    const text = (c.req.query('q') ?? '').slice(0, 200).trim()
    const hits = text === '' ? [] : await site.folder.search(text, within(c.req.query('limit'), 1, 200) ?? 50)
    const found = await Promise.all(hits.map(async (hit) => ({ hit, item: await itemOf(site, c.var.person, hit) })))
    const there = found.flatMap(({ hit, item }) => (item ? [{ path: hit.path, item }] : []))
    return c.json({ items: there.map(({ item }) => item), paths: there.map(({ path }) => path) } satisfies Found)
  })

type Hit = Awaited<ReturnType<Site['folder']['search']>>[number]

/** A file may vanish between being found and being looked at. */
async function itemOf(site: Site, person: Person, { id, name, kind }: Hit): Promise<FolderItem | FileItem | undefined> {
  if (kind === 'folder') return { kind, id, name }
  const file = await site.folder.storage.find(id)
  return file && fileItem(site, person, file)
}
