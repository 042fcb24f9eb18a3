import { containersContract, locksContract, storageContract } from '@openwopi/host/contract'
import { test } from 'vitest'
import { openTestFolder } from './open-test-folder.ts'

storageContract(test, async () => {
  const { storage } = await openTestFolder()
  return { storage, parentId: 'root' }
})

locksContract(test, async () => (await openTestFolder()).locks)

containersContract(test, () => openTestFolder())
