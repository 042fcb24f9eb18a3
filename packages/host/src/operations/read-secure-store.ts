import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'

export const readSecureStore: Implementation<'readSecureStore'> = ({ secureStore }) =>
  secureStore &&
  (async ({ applicationId }, { grant }) => {
    const found = grant.user.isAnonymous ? undefined : await secureStore.read(applicationId, grant.user)
    if (!found) throw new WopiError('NotFound', {})
    const { userName, password, isWindows = false, isGroup = false } = found
    return {
      credentials: { UserName: userName, Password: password, IsWindowsCredentials: isWindows, IsGroup: isGroup },
    }
  })
