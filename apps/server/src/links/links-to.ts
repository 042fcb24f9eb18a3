import type { RestrictedLink, Share } from '@openwopi/host'
import type { ShareLink } from '../api.ts'
import type { Person } from '../sign-in/people.ts'
import type { Site } from '../site.ts'

type Needed = Pick<Site, 'links' | 'people'>

/** Every link by which a file opens without signing in, as `person` is shown it: in the order in which they were made, forms last. */
export async function linksTo(site: Needed, fileId: string, person: Person): Promise<readonly ShareLink[]> {
  const { shares, restrictedLinks } = site.links
  const made = (await shares?.list({ on: 'file', id: fileId })) ?? []
  const forms = (await restrictedLinks?.list(fileId)) ?? []
  const shown = async (link: Share | RestrictedLink, type: ShareLink['type']): Promise<ShareLink> => ({
    ...{ id: link.id, type, url: link.url, by: link.by.name, isMine: link.by.id === person.id },
    ...('expiresAt' in link && link.expiresAt !== undefined && { expiresAt: link.expiresAt }),
    isDead: !(await site.people.includes(link.by.id)),
  })
  return Promise.all([...made.map((share) => shown(share, share.type)), ...forms.map((link) => shown(link, 'FORMS'))])
}

/** Whether there is any link by which a file opens without signing in. */
export async function isShared({ links: { shares, restrictedLinks } }: Pick<Site, 'links'>, fileId: string) {
  const made = (await shares?.list({ on: 'file', id: fileId })) ?? []
  return made.length > 0 || ((await restrictedLinks?.list(fileId)) ?? []).length > 0
}

/** Lets a link of this file work no more. One that works no more already stays so. */
export async function revokeLink({ links }: Pick<Site, 'links'>, fileId: string, id: string): Promise<void> {
  const share = await links.shares?.get(id)
  if (share?.resource.id === fileId) await links.shares?.revoke(share.url)
  const form = await links.restrictedLinks?.get(id)
  if (form?.fileId === fileId) await links.restrictedLinks?.revoke(fileId, form.kind)
}
