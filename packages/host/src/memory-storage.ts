import { bytesOf, inPieces } from './memory-bytes.ts'
import {
  type ArrivedChange,
  arrived,
  changed,
  type HeldCarried,
  nothingCarried,
  withoutWord,
} from './memory-streams.ts'
import type { Storage, StoredFile, User } from './ports.ts'

/** A file with its bytes. */
export interface Held {
  readonly file: StoredFile
  readonly bytes: Uint8Array
  readonly carried: HeldCarried
}

interface MemoryOptions {
  readonly now?: () => number
  readonly newId?: () => string
}

/** Files that live as long as the process. */
export const memoryStorage = (options: MemoryOptions = {}): Storage => memoryFiles(new Map(), options)

/** What files in memory know of the folders they lie in. */
interface Surroundings extends MemoryOptions {
  /** Whether there is such a folder. */
  readonly hasFolder?: (id: string) => boolean
  /** Whether something other than a file has that name. */
  readonly isTaken?: (parentId: string, name: string) => boolean
}

/** The same over a map that others can look into. */
export function memoryFiles(
  files: Map<string, Held>,
  { now = Date.now, newId = () => crypto.randomUUID(), hasFolder = () => true, isTaken = () => false }: Surroundings,
): Storage {
  let versions = 0

  const named = (parentId: string, name: string) =>
    [...files.values()].find(({ file }) => file.parentId === parentId && file.name === name)?.file
  const current = (file: StoredFile) => {
    const held = files.get(file.id)
    return held?.file.version === file.version ? held : undefined
  }
  const save = (
    file: Omit<StoredFile, 'size' | 'version' | 'modifiedAt'>,
    bytes: Uint8Array,
    change?: ArrivedChange,
  ): StoredFile => {
    const held = files.get(file.id)
    versions++
    // Clients tell states of a file apart by their times.
    const saved = {
      ...file,
      size: bytes.byteLength,
      version: `v${versions}`,
      sequenceNumber: versions,
      modifiedAt: Math.max(now(), (held?.file.modifiedAt ?? 0) + 1),
    }
    const before = held?.carried ?? nothingCarried
    const carried = change ? changed(before, change, { at: now(), version: saved.version }) : withoutWord(before)
    files.set(file.id, { file: saved, bytes, carried })
    return saved
  }

  const add = (parentId: string, names: Iterable<string>, bytes: Uint8Array, by: User): StoredFile | undefined => {
    if (!hasFolder(parentId)) return undefined
    for (const name of names)
      if (!named(parentId, name) && !isTaken(parentId, name))
        return save({ id: newId(), parentId, name, ownerId: by.id }, bytes)
    return undefined
  }

  return {
    find: async (id) => files.get(id)?.file,
    child: async (parentId, name) => named(parentId, name),
    async read(file, range) {
      const held = current(file)
      return held && inPieces(range ? held.bytes.subarray(range.start, range.end) : held.bytes)
    },
    async write(file, content, { by, decide, isUnmodified, carries }) {
      const bytes = await bytesOf(content)
      const change = carries && (await arrived(carries))
      for (;;) {
        const held = files.get(file.id)
        if (!held) return undefined
        const verdict = decide ? await decide(held.file) : current(file) ? 'replace' : 'refuse'
        if (verdict === 'refuse') return undefined
        if (files.get(file.id) !== held) continue
        if (verdict !== 'replace') return add(held.file.parentId, verdict.beside, bytes, by)
        return isUnmodified && same(held.bytes, bytes) ? held.file : save(held.file, bytes, change)
      }
    },
    async create(parentId, names, content, { by, confirm }) {
      const bytes = await bytesOf(content)
      return confirm && !(await confirm()) ? undefined : add(parentId, names, bytes, by)
    },
    async rename(file, name) {
      const held = files.get(file.id)
      const other = named(file.parentId, name)
      if (!held || (other && other.id !== file.id) || isTaken(file.parentId, name)) return undefined
      const renamed = { ...held.file, name }
      files.set(file.id, { ...held, file: renamed })
      return renamed
    },
    async remove(file, { confirm }) {
      if (confirm && !(await confirm())) return false
      files.delete(file.id)
      return true
    },
  }
}

const same = (a: Uint8Array, b: Uint8Array) =>
  a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index])
