import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'

export const revokeRestrictedLink: Implementation<'revokeRestrictedLink'> = ({ restrictedLinks }) =>
  restrictedLinks &&
  (async ({ kind }, { file }) => {
    if (kind === undefined || !restrictedLinks.kinds.includes(kind)) throw new WopiError('NotImplemented', {})
    await restrictedLinks.revoke(file.id, kind)
    return {}
  })
