import { describe, test } from 'vitest'
import { accessContract, containersContract, locksContract, storageContract } from '../src/contract/index.ts'
import { memoryFolders, memoryLocks, memoryStorage } from '../src/index.ts'
import { signedAccess } from '../src/signed-access.ts'

describe('memoryStorage', () => storageContract(test, () => ({ storage: memoryStorage(), parentId: 'root' })))
describe('memoryFolders', () => {
  storageContract(test, () => ({ storage: memoryFolders().storage, parentId: 'root' }))
  containersContract(test, () => memoryFolders())
})
describe('memoryLocks', () => locksContract(test, memoryLocks))
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
