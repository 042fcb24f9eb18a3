import { type Claim, type Home, type Homes, leaseFor } from '@openwopi/office/nodes'
import { sql } from 'kysely'
import { documentOf, type OfficeStore } from './office-store.ts'

export interface SqlHomesOptions {
  /** Where other nodes reach this office: an origin. */
  readonly address: string
  /** How long this node is trusted to be there after it last said so, in milliseconds; default 8 seconds. */
  readonly lease?: number
}

/** How long nodes that have died are remembered, in milliseconds. */
const rememberedFor = 24 * 60 * 60_000

/** Where the session of each document lives, for all nodes of a database. This node has a lease from now on. */
export async function sqlHomes(store: OfficeStore, { address, lease = leaseFor }: SqlHomesOptions): Promise<Homes> {
  const { db, node, now } = store

  async function extend(): Promise<void> {
    const values = { address, lease_until: now() + lease }
    await db
      .insertInto('office_nodes')
      .values({ node, ...values })
      .onConflict((row) => row.column('node').doUpdateSet(values))
      .execute()
  }

  async function find(wopiSrc: string): Promise<Home | undefined> {
    return db
      .selectFrom('office_homes')
      .innerJoin('office_nodes', 'office_nodes.node', 'office_homes.node')
      .select(['office_nodes.node', 'office_nodes.address'])
      .where('office_homes.document', '=', documentOf(wopiSrc))
      .where('office_homes.node', '<>', node)
      .where('office_nodes.lease_until', '>', now())
      .executeTakeFirst()
  }

  await extend()
  await db
    .deleteFrom('office_nodes')
    .where('lease_until', '<', now() - rememberedFor)
    .execute()

  return {
    node,
    find,
    async claim(wopiSrc) {
      for (;;) {
        const epoch = await take(store, wopiSrc)
        if (epoch !== undefined) return { claim: { wopiSrc, epoch } }
        const home = await find(wopiSrc)
        if (home) return { home }
      }
    },
    async renew() {
      await extend()
      const mine = await db.selectFrom('office_homes').select(['document', 'epoch']).where('node', '=', node).execute()
      const others = await db.selectFrom('office_nodes').select('node').where('lease_until', '>', now()).execute()
      const claims = new Map(mine.map(({ document, epoch }) => [document, epoch]))
      const alive = new Set(others.map((one) => one.node))
      return {
        has: ({ wopiSrc, epoch }: Claim) => claims.get(documentOf(wopiSrc)) === epoch,
        isAlive: (one: string) => alive.has(one),
      }
    },
    async release({ wopiSrc, epoch }) {
      await db
        .deleteFrom('office_homes')
        .where('document', '=', documentOf(wopiSrc))
        .where('node', '=', node)
        .where('epoch', '=', epoch)
        .execute()
    },
    async leave() {
      await db.deleteFrom('office_homes').where('node', '=', node).execute()
      await db.deleteFrom('office_nodes').where('node', '=', node).execute()
    },
  }
}

/**
 * Takes a document in one statement, unless it is another node's whose lease runs. The epoch is the time, so that it grows also
 * where nobody remembers the one before, and grows where the clock does not.
 */
async function take({ db, node, now }: OfficeStore, wopiSrc: string): Promise<number | undefined> {
  const at = now()
  const isFree = sql<boolean>`office_homes.node = ${node} or not exists (select 1 from office_nodes
    where office_nodes.node = office_homes.node and office_nodes.lease_until > ${at})`
  const taken = await db
    .insertInto('office_homes')
    .values({ document: documentOf(wopiSrc), node, epoch: at })
    .onConflict((row) =>
      row
        .column('document')
        .doUpdateSet({
          node,
          epoch: sql<number>`case when office_homes.epoch >= ${at} then office_homes.epoch + 1 else ${at} end`,
        })
        .where(isFree),
    )
    .returning('epoch')
    .executeTakeFirst()
  return taken?.epoch
}
