import type { Permission, ResourceRef } from '@openwopi/host'
import { filling, looking } from '../access/permissions.ts'
import type { People } from '../sign-in/people.ts'
import type { Links } from './open-links.ts'

/** What a link, by its id, lets its bearer do with a resource now. `undefined`: nothing, or nothing any more. */
export type LinkRights = (id: string, resource: ResourceRef) => Promise<ReadonlySet<Permission> | undefined>

/** Nobody lets others do what they may no longer do themselves: a link ends with the access of whoever has made it. */
export function linkRights({ shares, restrictedLinks }: Links, people: Pick<People, 'includes'>): LinkRights {
  async function ofShare(id: string, { on, id: resourceId }: ResourceRef) {
    const share = await shares?.get(id)
    if (!share || share.resource.on !== on || share.resource.id !== resourceId) return undefined
    if (!(await people.includes(share.by.id))) return undefined
    return share.type === 'ReadWrite' ? filling : looking
  }

  async function ofRestricted(id: string, { on, id: fileId }: ResourceRef) {
    const link = on === 'file' ? await restrictedLinks?.get(id) : undefined
    if (!link || link.fileId !== fileId || !(await people.includes(link.by.id))) return undefined
    return filling
  }

  return async (id, resource) => (await ofShare(id, resource)) ?? ofRestricted(id, resource)
}
