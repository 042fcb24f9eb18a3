import type { NativeNames, Shares } from '@openwopi/host'
import type { Addresses } from '../addresses.ts'

const opening = /^\/open\/([^/?#]+)/

/** Files by the addresses of the pages on which they are opened, and by links to them. */
export const nativeNames = ({ public: publicUrl }: Addresses, shares?: Shares): NativeNames => ({
  async fileId(name) {
    const share = await shares?.find(name)
    if (share?.resource.on === 'file') return share.resource.id
    const url = URL.canParse(name) ? new URL(name) : undefined
    const [, id] = (url?.href.startsWith(`${publicUrl}/`) && opening.exec(url.href.slice(publicUrl.length))) || []
    try {
      return id === undefined ? undefined : decodeURIComponent(id)
    } catch {
      // Not how an address of ours is spelt.
      return undefined
    }
  },
})
