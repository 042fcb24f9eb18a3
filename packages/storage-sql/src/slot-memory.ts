import type { Lock, StoredFile } from '@openwopi/host'
import { type Entry, lockOf, toStoredFile } from './entries.ts'

/** Remembers, for as long as somebody holds a file, what its slot held when the file was read. */
export interface SlotMemory {
  /** The file, and with it its slot. */
  file(entry: Entry): StoredFile
  /** `undefined`: the file was not read here. */
  of(file: StoredFile): { readonly lock: Lock | undefined } | undefined
}

/** A memory for the files of one storage. */
export function slotMemory(): SlotMemory {
  const slots = new WeakMap<StoredFile, Pick<Entry, 'lock'>>()
  return {
    of(file) {
      const slot = slots.get(file)
      return slot && { lock: lockOf(slot) }
    },
    file(entry) {
      const file = toStoredFile(entry)
      slots.set(file, { lock: entry.lock })
      return file
    },
  }
}
