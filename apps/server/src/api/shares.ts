import type { Container, ResourceRef, SharedKind, StoredFile } from '@openwopi/host'
import { Hono } from 'hono'
import { z } from 'zod'
import type { ShareList, ShareType } from '../api.ts'
import type { Env } from '../http/env.ts'
import { Refusal, tooMany } from '../http/refusal.ts'
import { linksTo, revokeLink } from '../links/links-to.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import { bodyOf } from './body.ts'
import { fileOf, folderOf } from './items.ts'

const wanted = z.object({
  type: z.enum(['ReadOnly', 'ReadWrite']),
  days: z.int().min(1).max(3650).exactOptional(),
})

/** More links to one file are more than anybody keeps an eye on. */
const mostLinks = 100

const [hour, day] = [3_600_000, 86_400_000]

/** Links by which a file or folder opens without signing in: listed, made and revoked. */
export function shareRoutes(site: Site, on: SharedKind): Hono<Env> {
  const found = (id: string): Promise<StoredFile | Container> => (on === 'file' ? fileOf(site, id) : folderOf(site, id))
  const published = ({ id, parentId, name }: StoredFile | Container) =>
    site.events.publish({ what: 'shared', fileId: id, ...(parentId !== undefined && { folderId: parentId }), name })

  return new Hono<Env>()
    .get('/:id/shares', async (c) => {
      sharesOf(site)
      const item = await found(c.req.param('id'))
      const list: ShareList = {
        links: await linksTo(site, { on, id: item.id }, c.var.person),
        types: typesFor(item),
        ...(site.config.shareLifetime !== undefined && { longest: site.config.shareLifetime }),
      }
      return c.json(list)
    })
    .post('/:id/shares', async (c) => {
      const shares = sharesOf(site)
      const item = await found(c.req.param('id'))
      const { type, days } = await bodyOf(c, wanted)
      if (!typesFor(item).includes(type))
        throw new Refusal(403, `“${item.name}” is marked read-only on disk, so no link can let others change it.`)
      const resource = { on, id: item.id }
      await refuseTooMany(site, c.var.person, resource)
      // Whoever asks twice for the same gets the same, so the end is no finer than people tell time.
      const until = days !== undefined && { expiresAt: Math.ceil((site.now() + days * day) / hour) * hour }
      const { id, name } = c.var.person
      const made = await shares.share({ resource, type, by: { id, name }, ...until })
      site.log({ level: 'info', event: 'link made', [on]: item.id, link: made.id, type, user: id })
      site.audit.note({ by: c.var.person, what: 'shared', to: item, details: type })
      published(item)
      const links = await linksTo(site, resource, c.var.person)
      return c.json(
        links.find((link) => link.id === made.id),
        201,
      )
    })
    .delete('/:id/shares/:link', async (c) => {
      sharesOf(site)
      const item = await found(c.req.param('id'))
      await revokeLink(site, { on, id: item.id }, c.req.param('link'))
      site.log({ level: 'info', event: 'link revoked', [on]: item.id, user: c.var.person.id })
      site.audit.note({ by: c.var.person, what: 'stopped sharing', to: item })
      published(item)
      return c.body(null, 204)
    })
}

function sharesOf({ links: { shares } }: Site) {
  if (!shares) throw new Refusal(404, 'This server makes no links: it was started without sharing.')
  return shares
}

async function refuseTooMany(
  { limits, links: { shares } }: Site,
  person: Person,
  resource: ResourceRef,
): Promise<void> {
  const wait = await limits.minting.take(person.id)
  if (wait > 0) throw tooMany('Too many links were made in a short time. Wait a little and try again.', wait)
  const made = (await shares?.list(resource)) ?? []
  if (made.length >= mostLinks)
    throw new Refusal(409, `There are ${mostLinks} links to it already. Revoke those that nobody needs.`)
}

const typesFor = (item: StoredFile | Container): readonly ShareType[] =>
  'isReadOnly' in item && item.isReadOnly ? ['ReadOnly'] : ['ReadOnly', 'ReadWrite']
