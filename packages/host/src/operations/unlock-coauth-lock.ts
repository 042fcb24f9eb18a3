import { WopiError } from '@openwopi/protocol'
import { moveCoauth } from '../coauth.ts'
import type { Implementation } from '../implementation.ts'

export const unlockCoauthLock: Implementation<'unlockCoauthLock'> = (ports) =>
  ports.coauth
    ? async ({ id }, { file, grant }) => {
        await moveCoauth(ports, {
          file,
          by: grant.user,
          decide(held) {
            if (!held.some((each) => each.id === id))
              throw new WopiError('CoauthConflict', { reason: 'the lock is not held, or has run out' })
            return held.filter((each) => each.id !== id)
          },
        })
        return {}
      }
    : undefined
