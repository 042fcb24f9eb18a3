import type { FileVersion } from '@openwopi/host'
import { Hono } from 'hono'
import { permissionsFor } from '../access/permissions.ts'
import type { VersionList } from '../api.ts'
import { attachment } from '../files/download.ts'
import { refuseIfOpen, replaceIfFree } from '../files/locking.ts'
import { bodyStream } from '../http/body-stream.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'
import { fileItem, fileOf } from './items.ts'

/** What a file was: listed, downloaded, and made the present state again. */
export function versionRoutes(site: Site): Hono<Env> {
  const { storage, versions } = site.folder

  async function contentOf(fileId: string, version: string) {
    const content = await versions.read(fileId, version)
    if (!content) throw new Refusal(404, 'This version is not kept any more.')
    return content
  }

  return new Hono<Env>()
    .get('/:id/versions', async (c) => {
      const file = await fileOf(site, c.req.param('id'))
      const list: VersionList = { versions: (await versions.list(file.id)).map(versionItem) }
      return c.json(list)
    })
    .get('/:id/versions/:version/content', async (c) => {
      const file = await fileOf(site, c.req.param('id'))
      return c.body(bodyStream(await contentOf(file.id, c.req.param('version'))), 200, attachment(file.name))
    })
    .post('/:id/versions/:version/restore', async (c) => {
      const file = await fileOf(site, c.req.param('id'))
      if (!permissionsFor(file).has('write')) throw new Refusal(403, `“${file.name}” is marked read-only on disk.`)
      await refuseIfOpen(site, file)
      const content = await contentOf(file.id, c.req.param('version'))
      const restored = await storage.write(file, content, { by: c.var.person, decide: replaceIfFree(site, file) })
      if (!restored) {
        await refuseIfOpen(site, file)
        throw new Refusal(
          409,
          `“${file.name}” has just been changed. Look at it again before you restore an earlier version.`,
        )
      }
      const details = `an earlier version`
      site.audit.note({ by: c.var.person, what: 'restored', to: file, details })
      site.events.publish({ what: 'changed', fileId: file.id, folderId: file.parentId, name: file.name })
      return c.json(await fileItem(site, c.var.person, restored))
    })
}

const versionItem = ({ version, size, modifiedAt, by, isAutosave }: FileVersion, index: number) => ({
  version,
  size,
  modifiedAt,
  ...(by && { by: by.name }),
  isAutosave: isAutosave ?? false,
  isCurrent: index === 0,
})
