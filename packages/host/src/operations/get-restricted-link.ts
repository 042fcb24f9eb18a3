import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { restrictedKinds } from '../share-url.ts'

export const getRestrictedLink: Implementation<'getRestrictedLink'> = ({ restrictedLinks }) =>
  restrictedLinks &&
  (async ({ kind }, { file, grant }) => {
    if (kind === undefined || !restrictedKinds(restrictedLinks, grant).includes(kind))
      throw new WopiError('NotImplemented', {})
    const { url } = await restrictedLinks.link(file.id, kind, grant.user)
    return { link: url }
  })
