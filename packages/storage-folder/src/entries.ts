import type { Database, SqlValue } from './database.ts'
import { type Identity, isSame, type Seen } from './disk.ts'
import { folded } from './names.ts'
import { remembered } from './remembered.ts'

/** A file or folder as the index knows it. */
export interface Entry extends Identity {
  readonly id: string
  /** `null` at the root. */
  readonly parent: string | null
  readonly name: string
  readonly isFolder: 0 | 1
  /** `missing`: it was not where it should be, and nowhere else. It may come back. */
  readonly state: 'here' | 'missing' | 'trashed'
  readonly size: number
  /** Milliseconds. Of a folder: as it was when its contents were last compared with the index; 0 if they must be. */
  readonly mtime: number
  readonly ctime: number
  readonly version: number
  readonly sha256: string | null
  readonly owner: string
  /** Milliseconds, as clients are told: it changes with the version only. */
  readonly modifiedAt: number
  /** Milliseconds since the epoch: when the index got to know it. */
  readonly firstSeen: number
  /** 1: the present content was not written through this storage. */
  readonly outside: 0 | 1
}

/** As much of an entry as it takes to compare it with the disk. */
export type Known = Pick<Entry, 'id' | 'name' | 'isFolder' | 'ino' | 'born' | 'size' | 'mtime'>

/** A file or folder and where it is to be. */
export interface Placing {
  readonly id: string
  readonly parent: string
  readonly name: string
}

/** What a file's content is from now on. */
export type NewContent = Pick<
  Entry,
  'ino' | 'born' | 'size' | 'mtime' | 'ctime' | 'version' | 'sha256' | 'outside' | 'modifiedAt'
>

/** Every file and folder that has ever been seen. */
export interface Entries {
  get(id: string): Entry | undefined
  named(parent: string, name: string): Entry | undefined
  within(parent: string): Known[]
  /** Files that have gone from this name, the one that changed last first. */
  awaited(parent: string, name: string): Entry[]
  /** The names in a folder that files have gone from. */
  awaitedNames(parent: string): Set<string>
  /** Those with this identity: more than one only if a file has more than one name. */
  identified(identity: Identity): Entry[]
  folderIds(): string[]
  /** Folders that have not been compared with the disk yet. */
  newFolderIds(): string[]
  insert(entry: Entry): void
  /** Puts it there; nothing else may be there. */
  place(placing: Placing): void
  setState(id: string, state: Entry['state']): void
  setContent(id: string, content: NewContent): void
  /** Remembers when a folder was last compared, or that it must be. */
  setCompared(id: string, at: Pick<Entry, 'ino' | 'born' | 'mtime' | 'ctime'>): void
  setCtime(id: string, ctime: number): void
  forget(id: string): void
  /** The next version of any file. It never comes again, even if the database is lost. */
  nextVersion(): number
}

const columns =
  'id, parent, name, isFolder, state, ino, born, size, mtime, ctime, version, sha256, owner, outside, modifiedAt, firstSeen' as const

/** `now`: versions start from the time, so that those of a lost database do not come again. */
export function openEntries(database: Database, now: () => number): Entries {
  const where = (condition: string) => database.prepare<Entry>(`SELECT ${columns} FROM entries WHERE ${condition}`)
  const update = (assignments: string) => database.prepare(`UPDATE entries SET ${assignments} WHERE id = ?`)

  const byId = where('id = ?')
  const byName = where(`parent = ? AND name = ? AND state = 'here'`)
  const byParent = database.prepare<Known>(
    `SELECT id, name, isFolder, ino, born, size, mtime FROM entries WHERE parent = ? AND state = 'here'`,
  )
  const byInode = where('ino = ?')
  const missing = where(`parent = ? AND name = ? AND state = 'missing' AND isFolder = 0 ORDER BY version DESC`)
  const missingNames = database.prepare<{ name: string }>(
    `SELECT DISTINCT name FROM entries WHERE parent = ? AND state = 'missing' AND isFolder = 0`,
  )
  const allFolders = database.prepare<{ id: string }>(`SELECT id FROM entries WHERE isFolder = 1 AND state = 'here'`)
  const newFolders = database.prepare<{ id: string }>(
    `SELECT id FROM entries WHERE isFolder = 1 AND state = 'here' AND mtime = 0`,
  )
  const insertion = database.prepare(
    `INSERT INTO entries (${columns}, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const placing = update(`state = 'here', parent = ?, name = ?, folded = ?, removedAt = NULL, removedBy = NULL`)
  const state = update('state = ?')
  const content = update(
    'ino = ?, born = ?, size = ?, mtime = ?, ctime = ?, version = ?, sha256 = ?, outside = ?, modifiedAt = ?',
  )
  const compared = update('ino = ?, born = ?, mtime = ?, ctime = ?')
  const ctimeOf = update('ctime = ?')
  const deletion = database.prepare('DELETE FROM entries WHERE id = ?')
  const counter = database.prepare<{ value: number }>(
    `INSERT INTO counters VALUES ('version', ?) ON CONFLICT (name) DO UPDATE SET value = max(value + 1, excluded.value) RETURNING value`,
  )

  return {
    // Every call of an editor begins with this question, and it costs more than the rest of CheckFileInfo.
    get: remembered(database, (id) => byId.get(id)),
    named: (parent, name) => byName.get(parent, name),
    within: (parent) => byParent.all(parent),
    awaited: (parent, name) => missing.all(parent, name),
    awaitedNames: (parent) => new Set(missingNames.all(parent).map(({ name }) => name)),
    identified: (identity) => byInode.all(identity.ino).filter((entry) => isSame(entry, identity)),
    folderIds: () => allFolders.all().map(({ id }) => id),
    newFolderIds: () => newFolders.all().map(({ id }) => id),
    insert: (entry) => void insertion.run(...valuesOf(entry), folded(entry.name)),
    place: ({ id, parent, name }) => void placing.run(parent, name, folded(name), id),
    setState: (id, next) => void state.run(next, id),
    setContent: (id, { ino, born, size, mtime, ctime, version, sha256, outside, modifiedAt }) =>
      void content.run(ino, born, size, mtime, ctime, version, sha256, outside, modifiedAt, id),
    setCompared: (id, { ino, born, mtime, ctime }) => void compared.run(ino, born, mtime, ctime, id),
    setCtime: (id, ctime) => void ctimeOf.run(ctime, id),
    forget: (id) => void deletion.run(id),
    nextVersion() {
      const next = counter.get(Math.floor(now()))
      if (!next) throw new Error('the index gives no version')
      return next.value
    },
  }
}

const valuesOf = (entry: Entry): SqlValue[] => [
  entry.id,
  entry.parent,
  entry.name,
  entry.isFolder,
  entry.state,
  entry.ino,
  entry.born,
  entry.size,
  entry.mtime,
  entry.ctime,
  entry.version,
  entry.sha256,
  entry.owner,
  entry.outside,
  entry.modifiedAt,
  entry.firstSeen,
]

/** What the index keeps of the content of a file on disk. */
export const contentOf = ({
  ino,
  born,
  size,
  mtime,
  ctime,
}: Seen): Pick<Entry, 'ino' | 'born' | 'size' | 'mtime' | 'ctime'> => ({
  ino,
  born,
  size,
  mtime,
  ctime,
})
