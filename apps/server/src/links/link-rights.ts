import type { Permission, ResourceRef, Share } from '@openwopi/host'
import { filling, looking } from '../access/permissions.ts'
import type { People } from '../sign-in/people.ts'
import type { Files } from '../stored/open-files.ts'
import { liesIn } from './lies-in.ts'
import type { Links } from './open-links.ts'

/** What a link, by its id, lets its bearer do with a resource now. `undefined`: nothing, or nothing any more. */
export type LinkRights = (id: string, resource: ResourceRef) => Promise<ReadonlySet<Permission> | undefined>

/** What decides on links. */
export interface LinkRightsParts {
  readonly links: Links
  readonly people: Pick<People, 'includes'>
  readonly folder: Pick<Files, 'storage' | 'containers'>
}

/** Nobody lets others do what they may no longer do themselves: a link ends with the access of whoever has made it. */
export function linkRights({ links: { shares, restrictedLinks }, people, folder }: LinkRightsParts): LinkRights {
  /** Guests get tokens for documents alone: what a folder holds is shown to them by the page of the link. */
  const leadsTo = async ({ resource }: Share, { on, id }: ResourceRef): Promise<boolean> =>
    on === 'file' && (resource.on === 'file' ? resource.id === id : liesIn(folder, id, resource.id))

  async function ofShare(id: string, resource: ResourceRef) {
    const share = await shares?.get(id)
    if (!share || !(await people.includes(share.by.id)) || !(await leadsTo(share, resource))) return undefined
    return share.type === 'ReadWrite' ? filling : looking
  }

  async function ofRestricted(id: string, { on, id: fileId }: ResourceRef) {
    const link = on === 'file' ? await restrictedLinks?.get(id) : undefined
    if (!link || link.fileId !== fileId || !(await people.includes(link.by.id))) return undefined
    return filling
  }

  return async (id, resource) => (await ofShare(id, resource)) ?? ofRestricted(id, resource)
}
