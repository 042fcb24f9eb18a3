import { cellStoreContract, editorsTablesContract } from '@openwopi/cell-storage/contract'
import {
  activitiesContract,
  containersContract,
  locksContract,
  restrictedLinksContract,
  sharesContract,
  signaturesContract,
  storageContract,
  streamsContract,
  uploadsContract,
} from '@openwopi/host/contract'
import { test } from 'vitest'
import { overEach } from './databases.ts'
import { ann, content, openTestStorage, standingClock } from './open-test-storage.ts'

const links = { base: 'https://files.example/s/', key: new Uint8Array(32).fill(1) }

overEach((databases) => {
  const open = () => openTestStorage(databases)

  storageContract(test, open)
  containersContract(test, open)

  locksContract(test, async () => {
    const ids = ['file', 'version1', 'other', 'version2']
    const { storage, locks, parentId } = await openTestStorage(databases, { newId: () => ids.shift() ?? 'more' })
    for (const name of ['a', 'b']) await storage.create(parentId, [name], content(name), ann)
    return locks
  })

  sharesContract(test, async () => (await open()).shares(links))
  restrictedLinksContract(test, async () => (await open()).restrictedLinks({ ...links, kinds: ['FORMS'] }))
  activitiesContract(test, async () => (await open()).activities)
  signaturesContract(test, async () => (await open()).signatures)

  cellStoreContract(test, async () => (await open()).cellStore)
  editorsTablesContract(test, async () => (await open()).cellEditors)

  const openInTime = async () => {
    const { now, later } = standingClock()
    return { ...(await openTestStorage(databases, { now })), later }
  }
  streamsContract(test, openInTime)
  uploadsContract(test, openInTime)
})
