import { randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import type {
  Activities,
  Containers,
  Locks,
  RestrictedLinks,
  Shares,
  Signatures,
  Storage,
  StoredFile,
  Streams,
  Trash,
  Uploads,
  UserInfo,
  Versions,
} from '@openwopi/host'
import { openActivities } from './activities.ts'
import { openCarried } from './carried.ts'
import { openContainers } from './containers.ts'
import { openContents } from './contents.ts'
import { type DataFolder, knowsBirth, openDataFolder } from './data-folder.ts'
import { type Database, openDatabase } from './database.ts'
import { isSame, openDisk } from './disk.ts'
import { contentOf, openEntries } from './entries.ts'
import { type Finder, openFinder } from './finder.ts'
import { openLedger } from './ledger.ts'
import { openLeftovers } from './leftovers.ts'
import { openLocks } from './locks.ts'
import { openPlaces } from './places.ts'
import { openPublishing } from './publishing.ts'
import { openReconciler } from './reconciler.ts'
import { recover } from './recover.ts'
import { openRestrictedLinks, type RestrictedLinkOptions } from './restricted-links.ts'
import { migrations } from './schema.ts'
import { openSearch, type SearchResult } from './search.ts'
import { type FolderEvent, rootId, type ServedFolder } from './served-folder.ts'
import { openShares, type ShareOptions } from './shares.ts'
import { openSignatures } from './signatures.ts'
import { openStorage } from './storage.ts'
import { openStreams } from './streams.ts'
import { openTrash } from './trash.ts'
import { openUploads } from './uploads.ts'
import { openUsage, type StorageUsage } from './usage.ts'
import { openUse } from './use.ts'
import { openUserInfo } from './user-info.ts'
import { openVersions } from './versions.ts'
import type { Writing } from './write-file.ts'

/** What is served, and how. */
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
  /** The most bytes that uploads take which are not committed yet; default 16 GiB. */
  readonly uploadSpace?: number
  readonly now?: () => number
  readonly newId?: () => string
  /** Told of what happens outside of a call: a file found changed, a leftover cleaned up. */
  readonly observe?: (event: FolderEvent) => void
}

/** A folder of ordinary files, as every port a host and its apps can use. */
export interface FolderStorage {
  readonly storage: Storage
  readonly locks: Locks
  readonly containers: Containers
  readonly versions: Versions
  readonly trash: Trash
  readonly userInfo: UserInfo
  readonly streams: Streams
  readonly uploads: Uploads
  readonly signatures: Signatures
  readonly activities: Activities
  /** Links to files and folders, by the address under which people reach them. */
  shares(options: ShareOptions): Shares
  restrictedLinks(options: RestrictedLinkOptions): RestrictedLinks
  /** Files and folders whose names contain `text`, ignoring case and accents. */
  search(text: string, limit: number): Promise<readonly SearchResult[]>
  /** The file at a path relative to the folder, with `/` between names. */
  byPath(path: string): Promise<StoredFile | undefined>
  /** Ids of files that are locked now, at most `limit` of them. */
  lockedFiles(limit?: number): Promise<readonly string[]>
  /** How much there is of what. */
  usage(): Promise<StorageUsage>
  /** Lets go of the folder. Calls under way end first. */
  close(): Promise<void>
}

/** A folder that is open, with what only this package may see of it. */
export interface OpenFolder extends Omit<FolderStorage, 'close'> {
  readonly served: ServedFolder
  /** Resolves when everything has been compared with the disk. */
  readonly indexed: Promise<void>
  /** Ends what goes on in the background, and then lets go of the index. */
  close(): Promise<void>
}

/** Where a folder and its data folder are, free of links. */
export function findFolders({ folder, dataFolder }: Pick<FolderStorageOptions, 'folder' | 'dataFolder'>) {
  const root = realpathSync(folder)
  return { root, data: openDataFolder(root, dataFolder ?? join(root, '.openwopi')) }
}

interface Opening {
  readonly root: string
  readonly data: DataFolder
  readonly options: FolderStorageOptions
}

/** Opens a folder. That nobody else has it open is the caller's business. */
export async function openFolder({ root, data, options }: Opening): Promise<OpenFolder> {
  const database = await openDatabase(data.database, migrations)
  const served = serve(database, { root, data, options })
  placeRoot(served)
  const reconciler = openReconciler(served)
  const finder = openFinder(served, reconciler)
  const publishing = openPublishing(served)
  const slots = openLocks(database, served.now)
  const writing: Writing = { served, finder, publishing, watchLock: slots.watch }
  const trashCan = openTrash(writing)
  recover(served, publishing, trashCan)
  slots.clear()
  const indexed = reconciler.tree().catch((cause) => served.observe({ what: 'unreadable', path: root, cause }))

  return {
    served,
    indexed,
    storage: openStorage(writing, trashCan),
    locks: slots.locks,
    containers: openContainers(served, finder, reconciler),
    versions: openVersions(served, finder),
    trash: trashCan.trash,
    userInfo: openUserInfo(database),
    streams: openStreams(served, finder),
    uploads: openUploads(served, options),
    signatures: openSignatures(served),
    activities: openActivities(database, served.now),
    shares: (options) => openShares(database, served, options),
    restrictedLinks: (options) => openRestrictedLinks(database, served.newId, options),
    search: openSearch(served, reconciler),
    byPath: (path) => byPath(finder, path),
    lockedFiles: async (limit) => slots.locked().slice(0, limit),
    usage: openUsage(served),
    async close() {
      await Promise.all([reconciler.stop(), served.contents.stop()])
      database.close()
    },
  }
}

function serve(
  database: Database,
  { root, data, options: { now = Date.now, newId = randomUUID, ...options } }: Opening,
): ServedFolder {
  const disk = openDisk(knowsBirth(data))
  const entries = openEntries(database, now)
  const ledger = openLedger(database)
  const carried = openCarried(database, now)
  const indexed = {
    ...{ root, data, database, disk, entries, now, newId },
    places: openPlaces(root, entries, disk),
    ledger,
    carried,
    use: openUse(database, ledger, now),
    leftovers: openLeftovers(database, root, data),
    ownerId: options.ownerId ?? 'owner',
    keepVersions: Math.max(1, options.keepVersions ?? 100),
    squashWithin: options.squashWithin ?? 10 * 60_000,
    observe: options.observe ?? (() => undefined),
    ...changes(database),
  }
  return { ...indexed, contents: openContents(indexed) }
}

/** Ways to change the index. */
function changes(database: Database): Pick<ServedFolder, 'change' | 'changeLightly' | 'makeDurable'> {
  const mark = database.prepare(
    `INSERT INTO counters VALUES ('durable', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1`,
  )
  let isLight = false
  const change = <T>(work: () => T): T => {
    const result = database.transaction(work)
    isLight = false
    return result
  }
  return {
    change,
    changeLightly(work) {
      isLight = true
      return database.lightTransaction(work)
    },
    makeDurable: () => void (isLight && change(() => mark.run())),
  }
}

/** The folder itself has one id for ever, also when it has been copied to another disk. */
function placeRoot({ entries, disk, root, ownerId, change }: ServedFolder): void {
  const seen = disk.see(root)
  if (!seen?.isFolder) throw new Error(`${root} is not a folder`)
  const known = entries.get(rootId)
  const fresh = { ...contentOf(seen), mtime: 0 }
  const kind = { isFolder: 1, state: 'here', outside: 0, sha256: null, owner: ownerId, version: 0 } as const
  if (!known)
    change(() =>
      entries.insert({
        id: rootId,
        parent: null,
        name: basename(root),
        ...kind,
        ...fresh,
        size: 0,
        modifiedAt: 0,
        firstSeen: 0,
      }),
    )
  else if (!isSame(known, seen)) change(() => entries.setCompared(rootId, fresh))
}

async function byPath(finder: Finder, path: string): Promise<StoredFile | undefined> {
  let at = rootId
  for (const name of path.split('/').slice(0, -1)) {
    const folder = await finder.child(at, name)
    if (!folder?.entry.isFolder) return undefined
    at = folder.entry.id
  }
  const file = await finder.child(at, path.slice(path.lastIndexOf('/') + 1))
  return file && !file.entry.isFolder ? finder.stored(file) : undefined
}
