import { Hono } from 'hono'
import type { TrashList } from '../api.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'
import { fileItem } from './items.ts'

/** What has been deleted: listed, put back, and emptied for good. */
export function trashRoutes(site: Site): Hono<Env> {
  const { trash } = site.folder

  return new Hono<Env>()
    .get('/', async (c) => {
      const items = (await trash.list()).map(({ file, removedAt, by }) => ({
        id: file.id,
        name: file.name,
        size: file.size,
        removedAt,
        by: by.name,
      }))
      return c.json({ items } satisfies TrashList)
    })
    .post('/:id/restore', async (c) => {
      const file = await trash.restore(c.req.param('id'))
      if (!file) throw new Refusal(404, 'This file is not in the trash any more.')
      site.audit.note({ by: c.var.person, what: 'restored', to: file })
      site.events.publish({ what: 'created', fileId: file.id, folderId: file.parentId, name: file.name })
      return c.json(await fileItem(site, c.var.person, file))
    })
    .delete('/', async (c) => {
      await trash.empty()
      site.audit.note({ by: c.var.person, what: 'emptied the trash' })
      return c.body(null, 204)
    })
}
