import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentsContract, homesContract } from '@openwopi/office/contract'
import { onTestFinished, test } from 'vitest'
import { type Databases, overEach } from '../../../../packages/storage-sql/test/databases.ts'
import type { OfficeStore } from '../../src/office/office-store.ts'
import { sqlDocuments } from '../../src/office/sql-documents.ts'
import { sqlHomes } from '../../src/office/sql-homes.ts'
import { openStateDatabase } from '../../src/state/open-state.ts'

/** Nodes of one database, each with connections of its own, and a clock that only the test moves on. */
async function nodesOf(databases: Databases) {
  const database = await databases.fresh()
  const dataFolder = await mkdtemp(join(tmpdir(), 'openwopi-office-'))
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }))
  let at = 1_700_000_000_000
  let count = 0
  return {
    skip(milliseconds: number) {
      at += milliseconds
    },
    async store(): Promise<OfficeStore> {
      const { db, engine, close } = await openStateDatabase({ database, dataFolder })
      onTestFinished(close)
      return { db, engine, node: `node ${++count}`, now: () => at }
    },
  }
}

overEach((databases) => {
  homesContract(test, async () => {
    const { store, skip } = await nodesOf(databases)
    return { skip, node: async () => sqlHomes(await store(), { address: 'http://node.example.org' }) }
  })

  documentsContract(test, async () => {
    const { store, skip } = await nodesOf(databases)
    const [here, there] = [await store(), await store()]
    const [homes, others] = [await sqlHomes(here, { address: '' }), await sqlHomes(there, { address: '' })]
    return {
      store: sqlDocuments(here),
      again: async () => sqlDocuments(there),
      async claim(wopiSrc) {
        const claimed = await homes.claim(wopiSrc)
        if ('home' in claimed) throw new Error('the document lives elsewhere')
        return claimed.claim
      },
      async takeOver({ wopiSrc }) {
        skip(60_000)
        await others.renew()
        await others.claim(wopiSrc)
      },
    }
  })
})
