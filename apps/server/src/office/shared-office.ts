import { createHmac, randomUUID } from 'node:crypto'
import type { Shared } from '@openwopi/office/nodes'
import type { State } from '../state/open-state.ts'
import type { OfficeStore } from './office-store.ts'
import { sqlDocuments, sweepDocuments } from './sql-documents.ts'
import { sqlHomes } from './sql-homes.ts'
import { sqlSecret } from './sql-secret.ts'
import { sqlTickets } from './sql-tickets.ts'

/** How this server's office takes part in what all have in common. */
export interface SharedOfficeOptions {
  /** Where other servers reach this one's office: an origin. */
  readonly address: string
  /** The database's clock. */
  readonly now: () => number
}

const sweepEvery = 60 * 60_000

/** What the built-in office clients of all servers of a database have in common. */
export async function sharedOffice(
  { db, engine, key }: Pick<State, 'db' | 'engine' | 'key'>,
  { address, now }: SharedOfficeOptions,
): Promise<Shared> {
  const store: OfficeStore = { db, engine, now, node: randomUUID() }
  await sweepDocuments(store)
  setInterval(() => sweepDocuments(store).catch(() => undefined), sweepEvery).unref()
  return {
    homes: await sqlHomes(store, { address }),
    documents: sqlDocuments(store),
    tickets: sqlTickets(store),
    proofKeys: sqlSecret(store, 'office-proof-keys'),
    secret: createHmac('sha256', key).update('office').digest(),
  }
}
