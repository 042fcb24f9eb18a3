import type { Implementation } from '../implementation.ts'
import { shareTypes, shareUrl } from '../share-url.ts'

export const getShareUrl: Implementation<'getShareUrl'> = ({ shares }) => {
  if (!shares?.kinds.includes('file')) return undefined
  return async ({ urlType }, { file, grant }) => {
    const types = shareTypes(shares, grant, file)
    return shareUrl(shares, { resource: { on: 'file', id: file.id }, urlType, types, grant })
  }
}
