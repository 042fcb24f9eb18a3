import type { Lock, StoredFile } from '@openwopi/host'
import { type FileEntry, lockOf, rootId } from './entries.ts'

/** What clients keep for a user, as it was read. `null`: nothing. */
export interface UserInfoRead {
  readonly userId: string
  readonly info: string | null
}

/** Remembers, for as long as somebody holds a file, what was read together with it. */
export interface ReadMemory {
  /** The file; what was read with it is remembered. */
  file(entry: FileEntry, info?: UserInfoRead): StoredFile
  /** The row that it was read from, as it was then. `undefined`: the file was not read here. */
  entryOf(file: StoredFile): FileEntry | undefined
  /** What its slot held. `undefined`: the file was not read here. */
  slotOf(file: StoredFile): { readonly lock: Lock | undefined } | undefined
  /** `undefined`: the file was not read for this user. */
  infoOf(file: StoredFile, userId: string): UserInfoRead | undefined
}

/**
 * A file that holds what was read with it where nobody sees it, a copy of it included. A weak map would say the same, and
 * have the collector of garbage look through all of it again and again.
 */
class ReadFile implements StoredFile {
  readonly id: string
  readonly parentId: string
  readonly name: string
  readonly size: number
  readonly version: string
  readonly sequenceNumber: number
  readonly ownerId: string
  readonly modifiedAt: number
  declare readonly sha256?: string
  readonly #reader: object
  readonly #entry: FileEntry
  readonly #info: UserInfoRead | undefined

  constructor(reader: object, entry: FileEntry, info: UserInfoRead | undefined) {
    this.id = entry.id
    this.parentId = entry.parent_id ?? rootId
    this.name = entry.name
    this.size = entry.size
    this.version = entry.version
    this.sequenceNumber = entry.sequence
    this.ownerId = entry.owner_id
    this.modifiedAt = entry.modified_at
    if (entry.sha256 !== null) this.sha256 = entry.sha256
    this.#reader = reader
    this.#entry = entry
    this.#info = info
  }

  static entryOf(reader: object, file: StoredFile): FileEntry | undefined {
    return #reader in file && file.#reader === reader ? file.#entry : undefined
  }

  static infoOf(reader: object, file: StoredFile): UserInfoRead | undefined {
    return #reader in file && file.#reader === reader ? file.#info : undefined
  }
}

/** A memory for the files of one storage. */
export function readMemory(): ReadMemory {
  const reader = {}
  return {
    file: (entry, info) => new ReadFile(reader, entry, info),
    entryOf: (file) => ReadFile.entryOf(reader, file),
    slotOf(file) {
      const entry = ReadFile.entryOf(reader, file)
      return entry && { lock: lockOf(entry) }
    },
    infoOf(file, userId) {
      const info = ReadFile.infoOf(reader, file)
      return info?.userId === userId ? info : undefined
    },
  }
}
