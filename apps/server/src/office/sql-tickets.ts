import type { TicketShelf } from '@openwopi/office/nodes'
import type { OfficeStore } from './office-store.ts'

/** Tickets in the database: whichever node a page asks, it is known there. */
export const sqlTickets = ({ db }: Pick<OfficeStore, 'db'>): TicketShelf => ({
  async put(name, { endsAt: ends_at, sealed }) {
    await db
      .insertInto('office_tickets')
      .values({ name, ends_at, sealed })
      .onConflict((row) => row.column('name').doUpdateSet({ ends_at, sealed }))
      .execute()
  },
  async get(name) {
    const row = await db.selectFrom('office_tickets').selectAll().where('name', '=', name).executeTakeFirst()
    return row && { endsAt: row.ends_at, sealed: row.sealed }
  },
  async sweep(now) {
    await db.deleteFrom('office_tickets').where('ends_at', '<=', now).execute()
  },
})
