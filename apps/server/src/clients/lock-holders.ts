import type { HostEvent } from '@openwopi/host'
import type { Database } from '@openwopi/storage-folder/database'

/** Through which client a file was locked. People who use the same client share its lock and edit together. */
export interface LockHolders {
  note(event: HostEvent): void
  /** `undefined`: through none in particular, or it is not known. */
  clientOf(fileId: string): string | undefined
}

const locking = new Set<HostEvent['operation']>(['lock', 'unlockAndRelock', 'getCoauthLock'])

/** Remembers it across a restart, as locks outlive one too. */
export function lockHolders(database: Database): LockHolders {
  const upsert = database.prepare(
    'INSERT INTO lock_holders (file_id, client) VALUES (?, ?) ON CONFLICT DO UPDATE SET client = excluded.client',
  )
  const known = new Map(
    database
      .prepare<{ file_id: string; client: string }>('SELECT file_id, client FROM lock_holders')
      .all()
      .map((row) => [row.file_id, row.client]),
  )

  return {
    note({ operation, resource, status, client = '' }) {
      const hasLocked = status === 200 && locking.has(operation)
      if (!hasLocked || !resource || known.get(resource.id) === client) return
      known.set(resource.id, client)
      upsert.run(resource.id, client)
    },
    clientOf: (fileId) => known.get(fileId) || undefined,
  }
}
