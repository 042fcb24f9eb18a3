import type { Implementation } from '../implementation.ts'
import { shareTypes, shareUrl } from '../share-url.ts'

export const getContainerShareUrl: Implementation<'getContainerShareUrl'> = ({ shares, containers }) => {
  if (!shares?.kinds.includes('container') || !containers) return undefined
  return async ({ urlType }, { container, grant }) => {
    const types = shareTypes(shares, grant, {})
    return shareUrl(shares, { resource: { on: 'container', id: container.id }, urlType, types, grant })
  }
}
