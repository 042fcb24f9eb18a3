import type { Lock, StoredFile } from '@openwopi/host'
import { type Entry, lockOf, toStoredFile } from './entries.ts'

/** What was read in one round trip with a file. */
interface ReadTogether {
  readonly slot: Pick<Entry, 'lock'>
  readonly info?: UserInfoRead
}

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

/** A memory for the files of one storage. */
export function readMemory(): ReadMemory {
  const known = new WeakMap<StoredFile, ReadTogether>()
  return {
    file(entry, info) {
      const file = toStoredFile(entry)
      known.set(file, { slot: { lock: entry.lock }, ...(info && { info }) })
      return file
    },
    slotOf(file) {
      const read = known.get(file)
      return read && { lock: lockOf(read.slot) }
    },
    infoOf(file, userId) {
      const info = known.get(file)?.info
      return info?.userId === userId ? info : undefined
    },
  }
}
