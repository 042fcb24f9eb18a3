import { wopiSrc } from '@openwopi/protocol'
import type { Access, Grant, ResourceRef } from './ports.ts'

/** Addresses that the host hands out. */
export interface Links {
  /** The WOPISrc of a resource with a token for the same user, which ends when `grant` ends. */
  withToken(resource: ResourceRef, grant: Grant): Promise<string>
}

export const createLinks = (publicUrl: string, { access }: { readonly access: Access }): Links => ({
  async withToken(resource, grant) {
    const { token, expiresAt } = await access.issue(grant, resource)
    return `${wopiSrc(publicUrl, resource.on, resource.id)}?access_token=${encodeURIComponent(token)}&access_token_ttl=${expiresAt}`
  },
})
