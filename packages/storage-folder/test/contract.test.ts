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
import { openTestFolder } from './open-test-folder.ts'

storageContract(test, async () => {
  const { storage } = await openTestFolder()
  return { storage, parentId: 'root' }
})

locksContract(test, async () => (await openTestFolder()).locks)

containersContract(test, () => openTestFolder())

const links = { base: 'https://files.example/s/', key: new Uint8Array(32).fill(1) }

sharesContract(test, async () => (await openTestFolder()).shares(links))

restrictedLinksContract(test, async () => (await openTestFolder()).restrictedLinks({ ...links, kinds: ['FORMS'] }))

activitiesContract(test, async () => (await openTestFolder()).activities)

/** A folder, and the time it lives in. */
async function folderInTime() {
  let time = Date.now()
  const later = (milliseconds: number) => {
    time += milliseconds
  }
  return { ...(await openTestFolder({ now: () => time })), parentId: 'root', later }
}

streamsContract(test, folderInTime)

uploadsContract(test, folderInTime)

signaturesContract(test, async () => (await openTestFolder()).signatures)
