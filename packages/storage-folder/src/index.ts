import type { Containers, Locks, Storage, StoredFile, Trash, UserInfo, Versions } from '@openwopi/host'

export interface FolderStorageOptions {
  /** The folder that is served. */
  readonly folder: string
  /** Where the index, the versions and the trash live; default `.openwopi` inside `folder`. Made if it is not there. */
  readonly dataFolder?: string
  /** Whom files belong to that nobody known has made. */
  readonly ownerId?: string
  /** How many versions of a file are kept, the present one included; default 100. */
  readonly keepVersions?: number
  /** Autosaves by the same person within this many milliseconds become one version; default 10 minutes. */
  readonly squashWithin?: number
  readonly now?: () => number
  readonly newId?: () => string
  /** Told of what happens outside of a call: a file found changed, a leftover cleaned up. */
  readonly observe?: (event: FolderEvent) => void
}

export interface FolderEvent {
  readonly what: 'changed outside' | 'moved outside' | 'cleaned up' | 'unreadable'
  readonly file?: StoredFile
  readonly path?: string
  readonly cause?: unknown
}

/** A folder of ordinary files, as every port a host and its apps can use. */
export interface FolderStorage {
  readonly storage: Storage
  readonly locks: Locks
  readonly containers: Containers
  readonly versions: Versions
  readonly trash: Trash
  readonly userInfo: UserInfo
  /** Files and folders whose names contain `text`, ignoring case and accents. */
  search(
    text: string,
    limit: number,
  ): Promise<
    readonly {
      readonly id: string
      readonly name: string
      readonly kind: 'file' | 'folder'
      readonly path: readonly string[]
    }[]
  >
  /** The file at a path relative to the folder, with `/` between names. */
  byPath(path: string): Promise<StoredFile | undefined>
  /** Files that are locked now. */
  lockedFiles(): Promise<readonly string[]>
  /** Lets go of the folder. Calls under way end first. */
  close(): Promise<void>
}

/** Serves a folder of ordinary files. Throws when another process serves it already. */
export declare function folderStorage(options: FolderStorageOptions): Promise<FolderStorage>
