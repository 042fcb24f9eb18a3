import type { Container, Share } from '@openwopi/host'
import type { Context } from 'hono'
import { plainPolicy } from '../http/content-policy.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import { folderPage } from '../pages/folder.ts'
import type { Site } from '../site.ts'
import { liesIn } from './lies-in.ts'
import { sharePath } from './open-links.ts'

/** Rows of one page. */
const pageSize = 200

/** What is in the folder of a link, or in one that lies in it. Nothing can be done there but open documents. */
export async function linkFolder(site: Site, c: Context<Env>, { url, resource }: Share): Promise<Response> {
  const { containers } = site.folder
  const folder = await folderIn(site, resource.id, c.req.query('folder') ?? resource.id)
  const after = c.req.query('after')
  const page = await containers
    .children(folder.id, { limit: pageSize, ...(after !== undefined && { after }) })
    .catch(notAPage)
  const above = (await containers.ancestors(folder.id)).map(({ id, name }) => ({ id, name }))
  const first = above.findIndex(({ id }) => id === resource.id)
  c.header('Content-Security-Policy', plainPolicy)
  return c.html(
    folderPage({
      address: `${sharePath}/${url.slice(url.lastIndexOf('/') + 1)}`,
      name: folder.name,
      // What lies above the folder of the link is nothing to guests.
      above: first < 0 ? [] : above.slice(first),
      folders: page.containers,
      files: page.files,
      ...(page.next !== undefined && { next: { folderId: folder.id, after: page.next } }),
    }),
  )
}

async function folderIn({ folder }: Site, topId: string, id: string): Promise<Container> {
  const isIn = id === topId || (await liesIn(folder, id, topId))
  const found = isIn ? await folder.containers.find(id) : undefined
  if (!found) throw new Refusal(404, 'The folder that this link led to is not there any more.')
  return found
}

function notAPage(cause: unknown): never {
  throw cause instanceof RangeError
    ? new Refusal(400, 'This is not where a page of the folder ended.', { cause })
    : cause
}
