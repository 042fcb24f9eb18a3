import { createHmac, randomUUID } from 'node:crypto'
import type { NodePorts } from '@openwopi/office/nodes'
import { causeOf, type Log } from '../log-event.ts'
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
  readonly log: Log
}

/** What the offices share, until it is let go of. */
export interface SqlNodePorts {
  readonly ports: NodePorts
  /** Ends what is done now and then. */
  close(): void
}

const sweepEvery = 60 * 60_000

/** What the built-in office clients of all servers of a database have in common: the database. */
export async function sqlNodePorts(
  { db, engine, key }: Pick<State, 'db' | 'engine' | 'key'>,
  { address, now, log }: SqlNodePortsOptions,
): Promise<SqlNodePorts> {
  const store: OfficeStore = { db, engine, now, node: randomUUID() }
  await sweepDocuments(store)
  const ports = {
    homes: await sqlHomes(store, { address }),
    documents: sqlDocuments(store),
    tickets: sqlTickets(store),
    proofKeys: sqlSecret(store, 'office-proof-keys'),
    secret: createHmac('sha256', key).update('office').digest(),
  }
  const notSwept = (error: unknown) => log({ level: 'warn', event: 'office not swept', ...causeOf(error) })
  const timer = setInterval(() => sweepDocuments(store).catch(notSwept), sweepEvery).unref()
  return { ports, close: () => clearInterval(timer) }
}
