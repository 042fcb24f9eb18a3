import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { restrictedKinds } from '../share-url.ts'

export const revokeRestrictedLink: Implementation<'revokeRestrictedLink'> = ({ restrictedLinks }) =>
  restrictedLinks &&
  (async ({ kind }, { file, grant }) => {
    if (kind === undefined || !restrictedKinds(restrictedLinks, grant).includes(kind))
      throw new WopiError('NotImplemented', {})
    await restrictedLinks.revoke(file.id, kind)
    return {}
  })
