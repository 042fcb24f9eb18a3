import type { NativeNames } from '@openwopi/host'
import type { Addresses } from '../addresses.ts'

const opening = /^\/open\/([^/]+)$/

/** Files by the addresses of the pages on which they are opened. */
export const nativeNames = ({ public: publicUrl }: Addresses): NativeNames => ({
  async fileId(name) {
    const url = URL.canParse(name) ? new URL(name) : undefined
    const [, id] = (url?.origin === new URL(publicUrl).origin && opening.exec(url.pathname)) || []
    try {
      return id === undefined ? undefined : decodeURIComponent(id)
    } catch {
      // Not how an address of ours is spelt.
      return undefined
    }
  },
})
