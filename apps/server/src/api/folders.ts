import type { PageRequest } from '@openwopi/host'
import { Hono } from 'hono'
import type { Listing } from '../api.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import { isShared } from '../links/links-to.ts'
import type { Site } from '../site.ts'
import { bodyOf, named } from './body.ts'
import { fileItem, folderItem, folderOf } from './items.ts'
import { goodName, nameTaken } from './names.ts'

/** Folders: what is in them, and making, renaming and removing them. */
export function folderRoutes(site: Site): Hono<Env> {
  const { containers, storage } = site.folder

  return new Hono<Env>()
    .get('/:id', async (c) => {
      const folder = await folderOf(site, c.req.param('id'))
      const page = await containers.children(folder.id, pageRequest(c.req.query())).catch(notAPage)
      const listing: Listing = {
        folder: folderItem(folder),
        breadcrumbs: (await containers.ancestors(folder.id)).map(folderItem),
        folders: await Promise.all(
          page.containers.map(async (one) => ({
            ...folderItem(one),
            isShared: await isShared(site, { on: 'container', id: one.id }),
          })),
        ),
        files: await Promise.all(page.files.map((file) => fileItem(site, c.var.person, file))),
        ...(page.next !== undefined && { next: page.next }),
        total: page.total,
        can: { create: true },
      }
      return c.json(listing)
    })
    .post('/:id/folders', async (c) => {
      const parent = await folderOf(site, c.req.param('id'))
      const name = goodName((await bodyOf(c, named)).name)
      const created = await containers.create(parent.id, name)
      if (!created) throw nameTaken(name)
      site.audit.note({ by: c.var.person, what: 'created', to: created })
      site.events.publish({ what: 'created', fileId: created.id, folderId: parent.id, name })
      return c.json(folderItem(created), 201)
    })
    .post('/:id/files', async (c) => {
      const parent = await folderOf(site, c.req.param('id'))
      const name = goodName((await bodyOf(c, named)).name)
      const created = await storage.create(parent.id, [name], nothing(), { by: c.var.person })
      if (!created) throw nameTaken(name)
      site.audit.note({ by: c.var.person, what: 'created', to: created })
      site.events.publish({ what: 'created', fileId: created.id, folderId: parent.id, name })
      return c.json(await fileItem(site, c.var.person, created), 201)
    })
    .patch('/:id', async (c) => {
      const folder = await folderOf(site, c.req.param('id'))
      refuseRoot(folder.parentId)
      const name = goodName((await bodyOf(c, named)).name)
      const renamed = name === folder.name ? folder : await containers.rename(folder, name)
      if (!renamed) throw nameTaken(name)
      site.audit.note({ by: c.var.person, what: 'renamed', to: renamed, details: `from ${folder.name}` })
      site.events.publish({ what: 'renamed', fileId: folder.id, ...at(folder.parentId), name })
      return c.json(folderItem(renamed))
    })
    .delete('/:id', async (c) => {
      const folder = await folderOf(site, c.req.param('id'))
      refuseRoot(folder.parentId)
      if (!(await containers.remove(folder))) {
        throw new Refusal(409, `“${folder.name}” is not empty. Delete what is in it first.`)
      }
      site.audit.note({ by: c.var.person, what: 'deleted', to: folder })
      site.events.publish({ what: 'removed', fileId: folder.id, ...at(folder.parentId) })
      return c.body(null, 204)
    })
}

function notAPage(cause: unknown): never {
  throw cause instanceof RangeError
    ? new Refusal(400, 'This is not where a page of the folder ended.', { cause })
    : cause
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const at = (folderId: string | undefined) => (folderId === undefined ? {} : { folderId })

function refuseRoot(parentId: string | undefined): void {
  if (parentId === undefined)
    throw new Refusal(409, 'The folder that is served can be neither renamed nor deleted here.')
}

const sorts = ['name', 'modifiedAt', 'size'] as const

function pageRequest({ after, limit, sort, descending }: Record<string, string>): PageRequest {
  const order = sorts.find((one) => one === sort)
  if (sort !== undefined && !order) throw new Refusal(400, `A folder is sorted by ${sorts.join(', ')}.`)
  return {
    limit: within(limit, 1, 500) ?? 100,
    ...(after && { after }),
    ...(order && { sort: order }),
    ...(descending !== undefined && { descending: descending !== 'false' && descending !== '0' }),
  }
}

/** The number, brought into its bounds. `undefined`: it is none. */
export function within(raw: string | undefined, least: number, most: number): number | undefined {
  const value = Number(raw)
  return raw === undefined || !Number.isInteger(value) ? undefined : Math.min(Math.max(value, least), most)
}
