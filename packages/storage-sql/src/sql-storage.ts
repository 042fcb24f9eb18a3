import { randomUUID } from 'node:crypto'
import type { CellStore, EditorsTables } from '@openwopi/cell-storage'
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
import { type Calls, countCalls } from '@openwopi/host/adapter'
import { sql } from 'kysely'
import { openActivities } from './activities.ts'
import { aboutFiles } from './adopt/about-files.ts'
import type { Adopt } from './adopt/adoption.ts'
import { openAdopt } from './adopt/open-adopt.ts'
import type { Records } from './adopt/records.ts'
import type { Blobs } from './blobs.ts'
import { byPath } from './by-path.ts'
import { openCellStore } from './cells/cell-store.ts'
import { openEditorsTables } from './cells/editors-tables.ts'
import { type Clock, databaseClock } from './clock.ts'
import type { SqlDialect } from './connect.ts'
import { openContainers } from './containers.ts'
import { rootId } from './entries.ts'
import type { Fault, FsckOptions } from './fsck/fault.ts'
import { fsck } from './fsck/fsck.ts'
import { type Unreferenced, unreferenced } from './fsck/unreferenced.ts'
import { openLocks } from './locks.ts'
import { namesOf } from './names.ts'
import { openDatabase } from './open-database.ts'
import { readMemory } from './read-memory.ts'
import { openRestrictedLinks, type RestrictedLinkOptions } from './restricted-links.ts'
import { type SearchResult, search } from './search.ts'
import { openShares, type ShareOptions } from './shares.ts'
import { openSignatures } from './signatures.ts'
import { openStorage } from './storage.ts'
import type { SqlEvent, Store } from './store.ts'
import { openStreams } from './streams.ts'
import { type SweepOptions, type Swept, sweep } from './sweep.ts'
import { folderKind, here } from './tables.ts'
import { openTrash } from './trash.ts'
import { openUploads, type UploadOptions } from './uploads.ts'
import { type StorageUsage, usage } from './usage.ts'
import { openUserInfo } from './user-info.ts'
import { openVersions } from './versions.ts'

/** Where things are kept, and how. */
export interface SqlStorageOptions extends UploadOptions {
  /**
   * `postgres://user@host/name`, or `sqlite:` and the path of a file that is made if it is not there; or how Kysely reaches
   * either.
   */
  readonly database: string | SqlDialect
  /** Where contents lie. */
  readonly blobs: Blobs
  /** What the uppermost folder is called where it is made; default `Documents`. */
  readonly rootName?: string
  /** Whom folders belong to; default `owner`. */
  readonly ownerId?: string
  /** How many versions of a file are kept, the present one included; default 100. */
  readonly keepVersions?: number
  /** Autosaves by the same person within this many milliseconds become one version; default 10 minutes. */
  readonly squashWithin?: number
  /** Connections to PostgreSQL at most; default 10. */
  readonly connections?: number
  /** Milliseconds since the epoch; default PostgreSQL's clock, and this machine's over SQLite. */
  readonly now?: () => number
  /** Milliseconds from any start, by a clock that nobody sets. */
  readonly steady?: () => number
  /** Calls `run` again and again, until what it returns is called. */
  readonly every?: (milliseconds: number, run: () => void) => () => void
  readonly newId?: () => string
  /** Told of what happens outside of a call. */
  readonly observe?: (event: SqlEvent) => void
}

/** A database and a blob store, as every port a host and its apps can use. */
export interface SqlStorage {
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
  /** What cell storage keeps of files; who holds them is in `locks`. */
  readonly cellStore: CellStore
  /** Who has files open through their cells. */
  readonly cellEditors: EditorsTables
  /** Links to files and folders, by the address under which people reach them. */
  shares(options: ShareOptions): Shares
  restrictedLinks(options: RestrictedLinkOptions): RestrictedLinks
  /** Files and folders whose names contain `text`, ignoring case and accents. */
  search(text: string, limit: number): Promise<readonly SearchResult[]>
  /** The file at a path relative to the uppermost folder, with `/` between names. */
  byPath(path: string): Promise<StoredFile | undefined>
  /** Ids of files that are locked now, at most `limit` of them. */
  lockedFiles(limit?: number): Promise<readonly string[]>
  /** How much there is of what: see `StorageUsage`. */
  usage(): Promise<StorageUsage>
  /** The time that all who use the database agree on. A host is to judge locks by it. */
  now(): number
  /** Brings files and folders along from elsewhere. */
  readonly adopt: Adopt
  /** Links, comments and what clients keep for users, to be moved along with files. */
  readonly about: Records
  /** Finds what is wrong, and repairs what can be: see `fsck`. */
  fsck(options?: FsckOptions): AsyncIterable<Fault>
  /** Contents to which nothing refers: what `sweep` removes when their time has come. */
  unreferenced(options?: Pick<SweepOptions, 'grace'>): AsyncIterable<Unreferenced>
  /** Removes contents that nothing refers to any more. To be called now and then, by any node. */
  sweep(options?: SweepOptions): Promise<Swept>
  /** Lets go of the database. Calls under way end first. */
  close(): Promise<void>
}

/** How often the clock of the database is read, in milliseconds. */
const clockEvery = 30_000

/** Opens a database, and brings its tables up to date. */
export async function sqlStorage({
  steady = () => performance.now(),
  every = (milliseconds, run) => {
    const timer = setInterval(run, milliseconds).unref()
    return () => clearInterval(timer)
  },
  ...options
}: SqlStorageOptions): Promise<SqlStorage> {
  const { observe = () => undefined } = options
  const { db, engine, ask } = await openDatabase(options.database, {
    ...(options.connections !== undefined && { connections: options.connections }),
    onConnectionLost: (cause) => observe({ what: 'connection lost', cause }),
  })
  try {
    const clock = options.now || engine === 'sqlite' ? undefined : await databaseClock(db, steady)
    const store = storeOf({ db, engine, ask, observe, ...(clock && { now: clock.now }) }, options)
    await placeRoot(store)
    const stop = clock && every(clockEvery, () => keepTime(clock, observe))
    const calls = countCalls('the storage is closed')
    return {
      ...countedPorts(portsOf(store, options), calls),
      async close() {
        stop?.()
        await calls.end()
        await db.destroy()
      },
    }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

const keepTime = ({ refresh }: Clock, observe: Store['observe']): void =>
  void refresh().catch((cause: unknown) => observe({ what: 'clock not read', cause }))

/** Every call of a port counts. */
function countedPorts(ports: Omit<SqlStorage, 'close'>, { counted }: Calls): Omit<SqlStorage, 'close'> {
  const { shares, restrictedLinks, search, byPath, lockedFiles, usage, sweep } = ports
  const { storage, locks, containers, versions, trash, userInfo, streams, uploads, signatures, activities } = ports
  const { cellStore, cellEditors } = ports
  return {
    ...ports,
    storage: counted(storage),
    locks: counted(locks),
    containers: counted(containers),
    versions: counted(versions),
    trash: counted(trash),
    userInfo: counted(userInfo),
    streams: counted(streams),
    uploads: counted(uploads),
    signatures: counted(signatures),
    activities: counted(activities),
    cellStore: counted(cellStore),
    cellEditors: counted(cellEditors),
    shares: (options) => counted(shares(options)),
    restrictedLinks: (options) => counted(restrictedLinks(options)),
    ...counted({ search, byPath, lockedFiles, usage, sweep }),
  }
}

function storeOf(
  opened: Pick<Store, 'db' | 'engine' | 'ask' | 'observe'> & Partial<Pick<Store, 'now'>>,
  { now = Date.now, newId = randomUUID, ...options }: SqlStorageOptions,
): Store {
  return {
    now,
    ...opened,
    newId,
    blobs: options.blobs,
    ownerId: options.ownerId ?? 'owner',
    rootName: options.rootName ?? 'Documents',
    keepVersions: Math.max(1, options.keepVersions ?? 100),
    squashWithin: options.squashWithin ?? 10 * 60_000,
  }
}

function portsOf(store: Store, options: UploadOptions): Omit<SqlStorage, 'close'> {
  const writing = { store, memory: readMemory() }
  return {
    storage: openStorage(writing),
    locks: openLocks(store, writing.memory),
    containers: openContainers(writing),
    versions: openVersions(store),
    trash: openTrash(writing),
    userInfo: openUserInfo(store, writing.memory),
    streams: openStreams(store),
    uploads: openUploads(store, options),
    signatures: openSignatures(store),
    activities: openActivities(store),
    cellStore: openCellStore(store),
    cellEditors: openEditorsTables(store),
    shares: (options) => openShares(store, options),
    restrictedLinks: (options) => openRestrictedLinks(store, options),
    search: (text, limit) => search(store, text, limit),
    byPath: (path) => byPath(writing, path),
    lockedFiles: (limit) => lockedFiles(store, limit),
    usage: () => usage(store),
    now: store.now,
    adopt: openAdopt(store),
    about: aboutFiles(store),
    fsck: (options) => fsck(store, options),
    unreferenced: (options) => unreferenced(store, options),
    sweep: (options) => sweep(store, options),
  }
}

/** Everything lies in one folder that has the same id in every database. */
async function placeRoot({ db, ownerId, rootName }: Store): Promise<void> {
  await db
    .insertInto('entries')
    .values({
      ...{ id: rootId, parent_id: null, kind: folderKind, ...namesOf(rootName), owner_id: ownerId, state: here },
      ...{ sequence: 0, version: '', size: 0, modified_at: 0, kept: 0 },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

async function lockedFiles({ db, now }: Store, limit?: number): Promise<readonly string[]> {
  const locked = db
    .selectFrom('entries')
    .select('id')
    .where('is_locked', '=', sql.lit(1))
    .where('state', '=', sql.lit(here))
    .where('lock_expires_at', '>', now())
    .orderBy('id')
  const rows = await (limit === undefined ? locked : locked.limit(limit)).execute()
  return rows.map(({ id }) => id)
}
