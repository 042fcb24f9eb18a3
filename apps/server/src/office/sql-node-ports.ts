import { createHmac, randomUUID } from 'node:crypto'
import type { NodePorts } from '@openwopi/office/nodes'
import type { State } from '../state/open-state.ts'
import type { OfficeStore } from './office-store.ts'
import { sqlDocuments, sweepDocuments } from './sql-documents.ts'
import { sqlHomes } from './sql-homes.ts'
import { sqlSecret } from './sql-secret.ts'
import { sqlTickets } from './sql-tickets.ts'

/** How this server's office is one of several. */
export interface SqlNodePortsOptions {
  /** Where other servers reach this one's office: an origin. */
  readonly address: string
  /** The database's clock. */
  readonly now: () => number
}

const sweepEvery = 60 * 60_000

/** What the built-in office clients of all servers of a database have in common: the database. */
export async function sqlNodePorts(
  { db, engine, key }: Pick<State, 'db' | 'engine' | 'key'>,
  { address, now }: SqlNodePortsOptions,
): Promise<NodePorts> {
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
