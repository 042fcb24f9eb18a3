import { mkdir } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { readKeyRing } from '../secure-store/read-key-ring.ts'
import { type SecretNames, secretNames } from '../secure-store/secret-names.ts'
import { type Secrets, secrets } from '../secure-store/secrets.ts'
import { openStateDatabase } from '../state/open-state.ts'
import { checkPlaces } from './check-places.ts'
import { CommandError } from './command-error.ts'
import { configOf, type Flags } from './config-flags.ts'

/** What commands on credentials work with. */
export interface SecretFolder {
  readonly config: Config
  readonly names: SecretNames
  /** Throws if no key is configured. */
  secrets(): Promise<Secrets>
}

/** Does `work` on the credentials of what `openwopi serve` would serve, also while it does. */
export async function onSecrets(
  folder: string | undefined,
  flags: Flags,
  work: (secrets: SecretFolder) => Promise<void> | void,
): Promise<void> {
  const config = configOf(folder, flags)
  await checkPlaces(config)
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  const { db, close } = await openStateDatabase(config)
  try {
    await work({
      config,
      names: secretNames(db),
      async secrets() {
        const ring = await readKeyRing(config)
        if (ring) return secrets(db, ring, Date.now)
        throw new CommandError(
          'No key is configured. Make one with "openwopi secret new-key FILE", and name it with --secure-store-key-file FILE.',
        )
      },
    })
  } catch (error) {
    // What goes wrong with keys and seals is said in sentences.
    throw error instanceof CommandError || !(error instanceof Error)
      ? error
      : new CommandError(error.message, 1, { cause: error })
  } finally {
    await close()
  }
}
