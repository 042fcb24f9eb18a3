import { describe, expect, test } from 'vitest'
import {
  accessContract,
  activitiesContract,
  containersContract,
  locksContract,
  restrictedLinksContract,
  secureStoreContract,
  sharesContract,
  signaturesContract,
  storageContract,
  streamsContract,
  uploadsContract,
} from '../src/contract/index.ts'
import {
  memoryActivities,
  memoryFolders,
  memoryLocks,
  memoryRestrictedLinks,
  memorySecureStore,
  memoryShares,
  memorySignatures,
  memoryStorage,
  memoryUploads,
} from '../src/index.ts'
import { signedAccess } from '../src/signed-access.ts'

function passingTime() {
  let time = 0
  const later = (milliseconds: number) => {
    time += milliseconds
  }
  return { now: () => time, later }
}

describe('memoryStorage', () => storageContract(test, () => ({ storage: memoryStorage(), parentId: 'root' })))
describe('memoryFolders', () => {
  storageContract(test, () => ({ storage: memoryFolders().storage, parentId: 'root' }))
  containersContract(test, () => memoryFolders())
  streamsContract(test, () => {
    const { now, later } = passingTime()
    return { ...memoryFolders({ now }), parentId: 'root', later }
  })
})
describe('memorySignatures', () => signaturesContract(test, memorySignatures))
describe('memoryUploads', () =>
  uploadsContract(test, () => {
    const { now, later } = passingTime()
    return { uploads: memoryUploads({ now }), later }
  }))
describe('memoryLocks', () => locksContract(test, memoryLocks))
describe('memoryShares', () => sharesContract(test, memoryShares))
describe('memoryRestrictedLinks', () => restrictedLinksContract(test, memoryRestrictedLinks))
describe('memoryActivities', () => activitiesContract(test, memoryActivities))
describe('memorySecureStore', () =>
  secureStoreContract(test, () => {
    const store = memorySecureStore()
    return { store, put: store.put }
  }))
describe('signedAccess', () =>
  accessContract(test, () => {
    const access = signedAccess({
      keys: [new Uint8Array(32).fill(1)],
      permissions: async () => new Set(['read', 'write']),
    })
    return {
      access,
      user: { id: 'ann', name: 'Ann Zoë' },
      resource: { on: 'file', id: '1' },
      other: { on: 'file', id: '2' },
      first: (user, resource) => access.mint({ user, resource, expiresAt: Date.now() + 60_000 }),
    }
  }))

test('a link that ends is worth nothing afterwards, and the next one is another', async () => {
  const clock = { now: 0 }
  const shares = memoryShares({ lifetime: 1000, now: () => clock.now })
  const wanted = { resource: { on: 'file', id: '1' }, type: 'ReadOnly', by: { id: 'ann', name: 'Ann' } } as const
  const { url } = await shares.share(wanted)
  clock.now = 1000
  expect(await shares.find(url)).toBeUndefined()
  expect((await shares.share(wanted)).url).not.toBe(url)
})
