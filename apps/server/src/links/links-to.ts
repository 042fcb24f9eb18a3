import type { ResourceRef, RestrictedLink, Share } from '@openwopi/host'
import type { ShareLink } from '../api.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'

type Needed = Pick<Site, 'links' | 'people'>

/** Every link by which something opens without signing in, as `person` is shown it: in the order in which they were made, forms last. */
export async function linksTo(site: Needed, resource: ResourceRef, person: Person): Promise<readonly ShareLink[]> {
  const { shares, restrictedLinks } = site.links
  const made = (await shares?.list(resource)) ?? []
  const forms = (resource.on === 'file' && (await restrictedLinks?.list(resource.id))) || []
  const shown = async (link: Share | RestrictedLink, type: ShareLink['type']): Promise<ShareLink> => ({
    ...{ id: link.id, type, url: link.url, by: link.by.name, isMine: link.by.id === person.id },
    ...('expiresAt' in link && link.expiresAt !== undefined && { expiresAt: link.expiresAt }),
    isDead: !(await site.people.includes(link.by.id)),
  })
  return Promise.all([...made.map((share) => shown(share, share.type)), ...forms.map((link) => shown(link, 'FORMS'))])
}

/** Whether there is any link by which something opens without signing in. */
export async function isShared({ links: { shares, restrictedLinks } }: Pick<Site, 'links'>, resource: ResourceRef) {
  if (((await shares?.list(resource)) ?? []).length > 0) return true
  return resource.on === 'file' && ((await restrictedLinks?.list(resource.id)) ?? []).length > 0
}

/** Lets a link to this very resource work no more. One that works no more already stays so. */
export async function revokeLink(
  { links }: Pick<Site, 'links'>,
  { on, id }: ResourceRef,
  linkId: string,
): Promise<void> {
  const share = await links.shares?.get(linkId)
  if (share?.resource.on === on && share.resource.id === id) await links.shares?.revoke(share.url)
  const form = await links.restrictedLinks?.get(linkId)
  if (on === 'file' && form?.fileId === id) await links.restrictedLinks?.revoke(id, form.kind)
}
