import { WopiError } from '@openwopi/protocol'
import { coauthTable, moveCoauth } from '../coauth.ts'
import type { Implementation } from '../implementation.ts'
import { refuseOpenElsewhere } from '../locking.ts'

export const getCoauthLock: Implementation<'getCoauthLock'> = (ports) =>
  ports.coauth
    ? async ({ id, type, expiresIn, metadata = '', body }, { file, grant }) => {
        const now = ports.now()
        const locks = await moveCoauth(ports, {
          file,
          by: grant.user,
          decide(held) {
            if (held.length === 0) refuseOpenElsewhere(file)
            const before = held.find((each) => each.id === id)
            const exclusive = held.find((each) => each.type === 'CoauthExclusive' && each !== before)
            if (exclusive && type === 'CoauthExclusive')
              throw new WopiError('CoauthConflict', { reason: `${exclusive.by.name || 'Someone'} is writing the file` })
            const taken = {
              id,
              type,
              metadata: body?.CoauthLockMetadata ?? metadata,
              by: grant.user,
              lockedAt: before?.lockedAt ?? now,
              expiresAt: now + expiresIn * 1000,
            }
            return before ? held.map((each) => (each === before ? taken : each)) : [...held, taken]
          },
        })
        return coauthTable(locks)
      }
    : undefined
