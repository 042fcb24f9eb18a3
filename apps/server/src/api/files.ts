import { Hono } from 'hono'
import { download } from '../files/download.ts'
import { breakLock, heldLock, refuseIfOpen, stillFree } from '../files/locking.ts'
import { contentPolicy } from '../http/content-policy.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'
import { bodyOf, named } from './body.ts'
import { fileItem, fileOf } from './items.ts'
import { goodName, nameTaken } from './names.ts'

/** Files: looking at them, renaming, deleting, downloading, and breaking a lock that was left behind. */
export function fileRoutes(site: Site): Hono<Env> {
  const { storage } = site.folder

  return new Hono<Env>()
    .get('/:id', async (c) => c.json(await fileItem(site, c.var.person, await fileOf(site, c.req.param('id')))))
    .patch('/:id', async (c) => {
      const file = await fileOf(site, c.req.param('id'))
      const name = goodName((await bodyOf(c, named)).name)
      await refuseIfOpen(site, file)
      const renamed = name === file.name ? file : await storage.rename(file, name)
      if (!renamed) throw nameTaken(name)
      site.audit.note({ by: c.var.person, what: 'renamed', to: renamed, details: `from ${file.name}` })
      site.events.publish({ what: 'renamed', fileId: file.id, folderId: file.parentId, name })
      return c.json(await fileItem(site, c.var.person, renamed))
    })
    .delete('/:id', async (c) => {
      const file = await fileOf(site, c.req.param('id'))
      await refuseIfOpen(site, file)
      const isGone = await storage.remove(file, { by: c.var.person, confirm: stillFree(site, file.id) })
      if (!isGone) await refuseIfOpen(site, file)
      site.audit.note({ by: c.var.person, what: 'deleted', to: file })
      site.events.publish({ what: 'removed', fileId: file.id, folderId: file.parentId, name: file.name })
      return c.body(null, 204)
    })
    .get('/:id/content', async (c) => {
      const file = await fileOf(site, c.req.param('id'))
      site.audit.note({ by: c.var.person, what: 'downloaded', to: file })
      return download(site, c, file)
    })
    .get('/:id/thumbnail', async (c) => {
      const file = await fileOf(site, c.req.param('id'))
      const picture = site.inside.thumbnails?.canDraw(file) ? await site.inside.thumbnails.of(file) : undefined
      if (!picture) throw new Refusal(404, 'There is no picture of this document.')
      // The address names the version.
      return c.body(new Uint8Array(picture), 200, {
        'Content-Type': 'image/png',
        'Content-Security-Policy': contentPolicy,
        'Cache-Control':
          c.req.query('v') === file.version ? 'private, max-age=31536000, immutable' : 'private, no-cache',
      })
    })
    .delete('/:id/lock', async (c) => {
      if (!c.var.person.isOwner) throw new Refusal(403, 'Only the owner of this folder can end what others have open.')
      const file = await fileOf(site, c.req.param('id'))
      const lock = await heldLock(site, file.id)
      await breakLock(site, file.id)
      site.log({ level: 'info', event: 'lock broken', file: file.id, user: c.var.person.name, heldBy: lock?.by.name })
      site.audit.note({
        by: c.var.person,
        what: 'broke a lock',
        to: file,
        ...(lock && { details: `of ${lock.by.name}` }),
      })
      site.events.publish({ what: 'unlocked', fileId: file.id, folderId: file.parentId, name: file.name })
      return c.body(null, 204)
    })
}
