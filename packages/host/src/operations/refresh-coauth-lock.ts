import { WopiError } from '@openwopi/protocol'
import { coauthTable, moveCoauth } from '../coauth.ts'
import type { Implementation } from '../implementation.ts'

export const refreshCoauthLock: Implementation<'refreshCoauthLock'> = (ports) =>
  ports.coauth
    ? async ({ id, expiresIn, metadata, body }, { file, grant }) => {
        const said = body?.CoauthLockMetadata ?? metadata
        const locks = await moveCoauth(ports, {
          file,
          by: grant.user,
          decide(held) {
            const before = held.find((each) => each.id === id)
            if (!before) throw new WopiError('CoauthConflict', { reason: 'the lock is not held, or has run out' })
            const kept = { ...before, metadata: said || before.metadata, expiresAt: ports.now() + expiresIn * 1000 }
            return held.map((each) => (each === before ? kept : each))
          },
        })
        return coauthTable(locks)
      }
    : undefined
