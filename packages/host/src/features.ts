import type { OperationName } from '@openwopi/protocol'
import { cells, coauth, operationEntries, transfer } from '@openwopi/protocol'
import type { Locks } from './ports.ts'

const onContainers = operationEntries
  .filter(([, { on, promisedBy }]) => on === 'container' || promisedBy === 'SupportsContainers')
  .map(([name]) => name)
const onEcosystem = operationEntries
  .filter(([, { on, promisedBy }]) => promisedBy === 'SupportsEcosystem' || on === 'ecosystem')
  .map(([name]) => name)
const onCells = Object.keys(cells) as (keyof typeof cells)[]
const onFolders = operationEntries.filter(([, { on }]) => on === 'folder').map(([name]) => name)
/** Files are carried in pieces by those who have them open together. */
const onCoauth = Object.keys({ ...coauth, ...transfer }) as (keyof typeof coauth | keyof typeof transfer)[]

/** What a host may do without, and the operations that it then answers with 501 and does not promise. */
export const features = {
  /** The ecosystem goes with them: its root is a container. */
  containers: [...onContainers, ...onEcosystem],
  ecosystem: onEcosystem,
  folders: onFolders,
  'relative-writes': ['putRelativeFile'],
  /** PutFile then needs no lock, and the last save counts. Co-authoring and cell storage go with them. */
  locks: ['lock', 'unlock', 'refreshLock', 'unlockAndRelock', 'getLock', ...onCoauth, ...onCells],
  rename: ['renameFile'],
  delete: ['deleteFile'],
  'user-info': ['putUserInfo'],
  shares: ['getShareUrl', 'getContainerShareUrl'],
  activities: ['addActivities'],
  'restricted-links': ['getRestrictedLink', 'revokeRestrictedLink'],
  'secure-store': ['readSecureStore'],
  coauth: onCoauth,
  cells: onCells,
} as const satisfies Record<string, readonly OperationName[]>

/** The name of something a host may do without. */
export type Feature = keyof typeof features

/** The operations that go when these features go. */
export const operationsOf = (without: ReadonlySet<Feature>): ReadonlySet<OperationName> =>
  new Set([...without].flatMap((feature): readonly OperationName[] => features[feature]))

/** The locks of a host that has none: nobody can release one that an earlier configuration left. */
export const noLocks: Locks = { read: async () => undefined, swap: async () => false }
