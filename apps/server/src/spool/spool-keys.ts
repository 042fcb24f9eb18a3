import { createHash, hkdfSync } from 'node:crypto'
import { keyFor, mainKey } from '../access/secrets.ts'
import type { SealingKey } from '../secure-store/keys.ts'

/** The keys of a spool, all made from one that this machine keeps in its data folder. */
export interface SpoolKeys {
  /** Seals what is known of each save. */
  readonly entries: SealingKey
  /** Seals the bytes of one save, and of no other. */
  ofContent(id: string): Uint8Array
}

/** A key of the machine, not of the database: what is put aside must open when the database is gone. */
export async function spoolKeys(dataFolder: string): Promise<SpoolKeys> {
  const key = keyFor('spool', await mainKey(dataFolder))
  const bytes = keyFor('spool entries', key)
  const id = createHash('sha256').update('openwopi spool key\0').update(bytes).digest('base64url').slice(0, 16)
  return {
    entries: { id, bytes },
    ofContent: (name) => new Uint8Array(hkdfSync('sha256', key, name, 'openwopi spooled content', 32)),
  }
}
