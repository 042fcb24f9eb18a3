import type { Lock, StoredFile } from '@openwopi/host'
import { type Entry, lockOf, rootId } from './entries.ts'

/** What clients keep for a user, as it was read. `null`: nothing. */
export interface UserInfoRead {
  readonly userId: string
  readonly info: string | null
}

/** Remembers, for as long as somebody holds a file, what was read together with it. */
export interface ReadMemory {
  /** The file; what was read with it is remembered. */
  file(entry: Entry, info?: UserInfoRead): StoredFile
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
  readonly #slot: Pick<Entry, 'lock'>
  readonly #info: UserInfoRead | undefined

  constructor(reader: object, entry: Entry, info: UserInfoRead | undefined) {
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
    this.#slot = { lock: entry.lock }
    this.#info = info
  }

  static slotOf(reader: object, file: StoredFile): Pick<Entry, 'lock'> | undefined {
    return #reader in file && file.#reader === reader ? file.#slot : undefined
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
    slotOf(file) {
      const slot = ReadFile.slotOf(reader, file)
      return slot && { lock: lockOf(slot) }
    },
    infoOf(file, userId) {
      const info = ReadFile.infoOf(reader, file)
      return info?.userId === userId ? info : undefined
    },
  }
}
