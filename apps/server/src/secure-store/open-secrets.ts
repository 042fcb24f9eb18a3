import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Log } from '../log-event.ts'
import type { StateTables } from '../state/tables.ts'
import type { KeyRing } from './keys.ts'
import { isReadByOthers } from './read-key-ring.ts'
import { type SecretName, secretNames } from './secret-names.ts'
import { type Secrets, secrets } from './secrets.ts'

/** What the secure store of a server stands on. */
export interface SecretsParts {
  readonly config: Config
  /** Absent: no key is configured. */
  readonly ring: KeyRing | undefined
  readonly db: Kysely<StateTables>
  readonly log: Log
  readonly now: () => number
}

/** The secure store of a server. `undefined`: no key is configured. Throws if its keys do not open what is kept. */
export async function openSecrets({ config, ring, db, log, now }: SecretsParts): Promise<Secrets | undefined> {
  const kept = await secretNames(db).all()
  if (ring) refuseLocked(kept, ring)
  else if (kept.length > 0)
    log(
      warning(
        'secure store off',
        `${config.dataFolder} holds ${kept.length} credentials that documents ask for in vain. Name their key with --secure-store-key-file.`,
      ),
    )
  const { secureStoreKeyFile: path } = config
  if (path !== undefined && (await isReadByOthers(path)))
    log(
      warning(
        'secure store key is open',
        `Everybody on this machine can read the key file ${path}. If that is not meant: chmod 600 ${path}`,
      ),
    )
  return ring && secrets(db, ring, now)
}

const warning = (event: string, message: string) => ({ level: 'warn' as const, event, message })

/** A key that is missing is found out at the start, and not when a document needs it. */
function refuseLocked(kept: readonly SecretName[], ring: KeyRing): void {
  const locked = kept.filter(({ keyId }) => !ring.find(keyId))
  const [first] = locked
  if (!first) return
  throw new Error(
    `The secure store holds ${locked.length} credentials that none of the configured keys opens, such as those of ${first.userName} for ${JSON.stringify(first.applicationId)}. Add the key that they were sealed with behind the others, or take them away with "openwopi secret remove".`,
  )
}
