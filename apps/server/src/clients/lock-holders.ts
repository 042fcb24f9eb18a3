import type { HostEvent } from '@openwopi/host'
import type { Kysely } from 'kysely'
import { causeOf, type Log } from '../log-event.ts'
import type { StateTables } from '../state/tables.ts'

/** Through which client a file was locked. People who use the same client share its lock and edit together. */
export interface LockHolders {
  note(event: HostEvent): void
  /** `undefined`: through none in particular, or it is not known. */
  clientOf(fileId: string): Promise<string | undefined>
}

const locking = new Set<HostEvent['operation']>(['lock', 'unlockAndRelock', 'getCoauthLock'])

/** How many files are remembered to have been written down. */
const mostRemembered = 10_000

/** Keeps it in the server's database, as locks outlive a restart too, and may be taken at any node. */
export function lockHolders(db: Kysely<StateTables>, log: Log): LockHolders {
  // What this node has written down of files that are locked again and again: it need not be written again.
  const written = new Map<string, Promise<unknown>>()
  const clients = new Map<string, string>()

  const write = (fileId: string, client: string) =>
    db
      .insertInto('lock_holders')
      .values({ file_id: fileId, client })
      .onConflict((row) => row.column('file_id').doUpdateSet({ client }))
      .execute()

  function remember(fileId: string, client: string): void {
    clients.set(fileId, client)
    const before = written.get(fileId)
    const writing = (before ?? Promise.resolve())
      .then(() => write(fileId, client))
      .catch((error: unknown) => {
        clients.delete(fileId)
        log({ level: 'warn', event: 'lock holder not kept', file: fileId, ...causeOf(error) })
      })
    written.set(fileId, writing)
    forgetOldest()
  }

  function forgetOldest(): void {
    const [oldest] = clients.keys()
    if (clients.size <= mostRemembered || oldest === undefined) return
    clients.delete(oldest)
    written.delete(oldest)
  }

  return {
    note({ operation, resource, status, lock, client = '' }) {
      const hasLocked = status === 200 && (locking.has(operation) || lock === 'taken')
      if (hasLocked && resource && clients.get(resource.id) !== client) remember(resource.id, client)
    },
    async clientOf(fileId) {
      await written.get(fileId)
      const row = await db.selectFrom('lock_holders').select('client').where('file_id', '=', fileId).executeTakeFirst()
      return row?.client || undefined
    },
  }
}
