import {
  type Claim,
  type DocumentStore,
  Fenced,
  keptFor,
  readDocument,
  readSteps,
  type StoredDocument,
  withSteps,
  writeDocument,
  writeSteps,
} from '@openwopi/office/nodes'
import { sql, type Transaction } from 'kysely'
import type { StateTables } from '../state/tables.ts'
import { documentOf, held, type OfficeStore } from './office-store.ts'

type Trx = Transaction<StateTables>

/** How long the names of documents that were thrown away are remembered, in milliseconds. Pages live no longer. */
const spentFor = 7 * 24 * 60 * 60_000

/** Documents in the database, where any node finds them. A node that has lost its claim changes nothing. */
export function sqlDocuments(store: OfficeStore): DocumentStore {
  const { db, now } = store

  async function load(wopiSrc: string): Promise<StoredDocument | undefined> {
    const document = documentOf(wopiSrc)
    const row = await db
      .selectFrom('office_documents')
      .select('content')
      .where('document', '=', document)
      .executeTakeFirst()
    if (!row) return undefined
    const added = await db
      .selectFrom('office_steps')
      .select('steps')
      .where('document', '=', document)
      .orderBy('number')
      .execute()
    return withSteps(
      readDocument(Buffer.from(row.content)),
      added.flatMap(({ steps }) => readSteps(Buffer.from(steps))),
    )
  }

  /** Does what only the holder of the claim may do, or nothing. */
  const asHolder = (claim: Claim, work: (trx: Trx) => Promise<unknown>): Promise<void> =>
    db.transaction().execute(async (trx) => {
      const row = await held({ ...store, db: trx }, claim)
        .select('epoch')
        .executeTakeFirst()
      if (!row) throw new Fenced()
      await work(trx)
    })

  return {
    load,
    save: (stored, claim) =>
      asHolder(claim, async (trx) => {
        const document = documentOf(claim.wopiSrc)
        const values = {
          has_unsaved: stored.hasUnsaved ? 1 : 0,
          changed_at: stored.changedAt,
          content: writeDocument(stored),
        }
        await trx
          .insertInto('office_documents')
          .values({ document, ...values })
          .onConflict((row) => row.column('document').doUpdateSet(values))
          .execute()
        await trx.deleteFrom('office_steps').where('document', '=', document).execute()
      }),
    async append(claim, steps) {
      const row = await db
        .insertInto('office_steps')
        .columns(['document', 'steps'])
        .expression(held(store, claim).select(['document', sql<Uint8Array>`${writeSteps(steps)}`.as('steps')]))
        .returning('number')
        .executeTakeFirst()
      if (!row) throw new Fenced()
    },
    remove: (claim) => asHolder(claim, (trx) => removeFrom(trx, documentOf(claim.wopiSrc))),
    async putAside(claim) {
      const stored = await load(claim.wopiSrc)
      const document = documentOf(claim.wopiSrc)
      await asHolder(claim, async (trx) => {
        if (stored)
          await trx
            .insertInto('office_leftovers')
            .values({ document, content: writeDocument(stored) })
            .execute()
        await removeFrom(trx, document)
      })
    },
    async leftover(wopiSrc) {
      const row = await newestLeftover(store, wopiSrc).select('content').executeTakeFirst()
      return row && readDocument(Buffer.from(row.content))
    },
    async removeLeftover(wopiSrc) {
      await db
        .deleteFrom('office_leftovers')
        .where('number', '=', newestLeftover(store, wopiSrc).select('number'))
        .execute()
    },
    async spend(name) {
      await db
        .insertInto('office_spent')
        .values({ name, spent_at: now() })
        .onConflict((row) => row.doNothing())
        .execute()
    },
    async isSpent(name) {
      return (
        (await db.selectFrom('office_spent').select('name').where('name', '=', name).executeTakeFirst()) !== undefined
      )
    },
  }
}

async function removeFrom(trx: Trx, document: string): Promise<void> {
  await trx.deleteFrom('office_documents').where('document', '=', document).execute()
  await trx.deleteFrom('office_steps').where('document', '=', document).execute()
}

const newestLeftover = ({ db }: OfficeStore, wopiSrc: string) =>
  db.selectFrom('office_leftovers').where('document', '=', documentOf(wopiSrc)).orderBy('number', 'desc').limit(1)

/** Removes documents that their hosts have all of and nobody came back to, and what says nothing any more. */
export async function sweepDocuments({ db, now }: OfficeStore): Promise<void> {
  await db
    .deleteFrom('office_documents')
    .where('has_unsaved', '=', 0)
    .where('changed_at', '<', now() - keptFor)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('office_homes')
            .select('office_homes.document')
            .whereRef('office_homes.document', '=', 'office_documents.document'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('office_steps')
            .select('office_steps.document')
            .whereRef('office_steps.document', '=', 'office_documents.document'),
        ),
      ),
    )
    .execute()
  await db
    .deleteFrom('office_spent')
    .where('spent_at', '<', now() - spentFor)
    .execute()
}
