export { type AccessUnderTest, accessContract } from './access.ts'
export type { ContractTest } from './contract-test.ts'
export { locksContract } from './locks.ts'
export { type StorageUnderTest, storageContract } from './storage.ts'
