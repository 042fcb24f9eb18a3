import { createHash } from 'node:crypto'
import type { Claim } from '@openwopi/office/nodes'
import type { Kysely } from 'kysely'
import type { StateTables } from '../state/tables.ts'

/** The database that the offices of all servers share, as one of them sees it. */
export interface OfficeStore {
  readonly db: Kysely<StateTables>
  readonly engine: 'postgres' | 'sqlite'
  /** This office: unique, and another one after every start. */
  readonly node: string
  /** The database's clock, in milliseconds since the epoch. */
  readonly now: () => number
}

/** What stands for a WOPISrc, however long that is. */
export const documentOf = (wopiSrc: string): string => createHash('sha256').update(wopiSrc).digest('hex')

/**
 * The row of a claim, if it still holds; then it cannot be taken over before the transaction ends that this is part of. Whoever
 * takes over waits for what has been begun, and what is begun later finds no row.
 */
export function held({ db, engine, node }: OfficeStore, { wopiSrc, epoch }: Claim) {
  const row = db
    .selectFrom('office_homes')
    .where('document', '=', documentOf(wopiSrc))
    .where('node', '=', node)
    .where('epoch', '=', epoch)
  return engine === 'postgres' ? row.forShare() : row
}
