import type { Implementation } from '../implementation.ts'

export const putUserInfo: Implementation<'putUserInfo'> = ({ userInfo }) =>
  userInfo &&
  (async ({ userInfo: info }, { grant: { user } }) => {
    // Nobody comes back to what an anonymous session left.
    if (!user.isAnonymous) await userInfo.put(user.id, info)
    return {}
  })
