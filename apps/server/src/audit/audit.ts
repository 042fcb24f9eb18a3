import type { User } from '@openwopi/host'
import type { Kysely } from 'kysely'
import { causeOf, type Log } from '../log-event.ts'
import type { StateTables } from '../state/tables.ts'

/** What somebody has done. */
export interface Deed {
  readonly by: Pick<User, 'id' | 'name'>
  readonly what: DeedKind
  /** What it was done to. Absent: nothing in particular. */
  readonly to?: { readonly id: string; readonly name?: string }
  /** In a word or two what else there is to say: the client, the name before. */
  readonly details?: string
}

/** Everything that is written down. */
export const deedKinds = [
  'opened',
  'downloaded',
  'saved',
  'created',
  'renamed',
  'deleted',
  'restored',
  'shared',
  'stopped sharing',
  'broke a lock',
  'emptied the trash',
  'signed in',
  'was refused',
  'took back a token',
  'discarded a save',
  'ended a session',
] as const

export type DeedKind = (typeof deedKinds)[number]

/** A deed as it was written down. */
export interface AuditEntry extends Deed {
  /** Grows with each entry. */
  readonly number: number
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Which entries are asked for, the latest first. */
export interface AuditRequest {
  readonly limit: number
  /** Only those before this entry. */
  readonly before?: number
  /** Only those about this file or folder. */
  readonly about?: string
}

/** Who did what, for as long as the database is kept. Nothing here changes or removes an entry. */
export interface Audit {
  /** Writes it down, soon and in order. */
  note(deed: Deed): void
  list(request: AuditRequest): Promise<readonly AuditEntry[]>
  /** All entries, oldest first, of that time on; milliseconds since the epoch. */
  since(time: number): AsyncIterable<AuditEntry>
  /** Resolves once everything noted is written. */
  close(): Promise<void>
}

/** How many entries are read at a time. */
const batch = 500

/** Writes to the server's database. An entry that cannot be written stands in the log, as an error. */
export function createAudit(db: Kysely<StateTables>, log: Log, now: () => number): Audit {
  let writing: Promise<void> = Promise.resolve()

  async function write(deed: Deed, at: number): Promise<void> {
    try {
      await db.insertInto('audit').values(rowOf(deed, at)).execute()
    } catch (error) {
      log({
        level: 'error',
        event: 'audit',
        message: 'An entry of the audit log was not kept',
        ...deed,
        ...causeOf(error),
      })
    }
  }

  return {
    note(deed) {
      const at = now()
      writing = writing.then(() => write(deed, at))
    },
    async list({ limit, before, about }) {
      let query = db.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(limit)
      if (before !== undefined) query = query.where('number', '<', before)
      if (about !== undefined) query = query.where('resource_id', '=', about)
      return (await query.execute()).map(entryOf)
    },
    async *since(time) {
      for (let after = 0; ; ) {
        const rows = await db
          .selectFrom('audit')
          .selectAll()
          .where('number', '>', after)
          .where('at', '>=', time)
          .orderBy('number')
          .limit(batch)
          .execute()
        const last = rows.at(-1)
        if (!last) return
        yield* rows.map(entryOf)
        after = last.number
      }
    },
    close: () => writing,
  }
}

const rowOf = ({ by, what, to, details = '' }: Deed, at: number) => ({
  at,
  user_id: by.id,
  user_name: by.name,
  what,
  resource_id: to?.id ?? '',
  resource_name: to?.name ?? '',
  details,
})

const isKind = (what: string): what is DeedKind => deedKinds.some((kind) => kind === what)

function entryOf(row: Omit<StateTables['audit'], 'number'> & { readonly number: number }): AuditEntry {
  const { number, at, user_id, user_name, what, resource_id, resource_name, details } = row
  if (!isKind(what)) throw new Error(`The audit log holds what this version of the server does not know: ${what}`)
  return {
    number,
    at,
    by: { id: user_id, name: user_name },
    what,
    ...(resource_id !== '' && { to: { id: resource_id, ...(resource_name !== '' && { name: resource_name }) } }),
    ...(details !== '' && { details }),
  }
}
