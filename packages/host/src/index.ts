export type * from './activities.ts'
export type { HostAnswer } from './answer.ts'
export {
  type Account,
  type BootstrapEvent,
  type Bootstrapper,
  type BootstrapperOptions,
  createBootstrapper,
  type MintingAccess,
} from './bootstrapper.ts'
export { type ByteBudget, type ByteBudgetOptions, byteBudget } from './byte-budget.ts'
export type * from './cells.ts'
export { type Challenge, type Platform, platforms } from './challenge.ts'
export { type ClientProfile, type ProfileName, profiles } from './client-profiles.ts'
export { type Feature, features } from './features.ts'
export { createHost, type Host, type HostOptions } from './host.ts'
export type { HostEvent } from './host-event.ts'
export type { Fact } from './implementation.ts'
export { memoryActivities } from './memory-activities.ts'
export { type MemoryFolders, memoryFolders } from './memory-folders.ts'
export { memoryLocks } from './memory-locks.ts'
export { type MemorySecureStore, memorySecureStore } from './memory-secure-store.ts'
export { memoryRestrictedLinks, memoryShares } from './memory-shares.ts'
export { memorySignatures } from './memory-signatures.ts'
export { memoryStorage } from './memory-storage.ts'
export { memoryUploads } from './memory-uploads.ts'
export { memoryUserInfo } from './memory-user-info.ts'
export { conflictNames, isValidName, longestName, nextFreeNames, repairName, splitName } from './names.ts'
export type * from './ports.ts'
export type { HostRequest } from './request.ts'
export type * from './secure-store.ts'
export type * from './sharing.ts'
export type * from './signatures.ts'
export type * from './streams.ts'
export type * from './uploads.ts'
