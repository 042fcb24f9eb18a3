import type { Content } from '@openwopi/protocol'
import type { Storage, StoredFile, User } from './ports.ts'

/** A file with its bytes. */
export interface Held {
  readonly file: StoredFile
  readonly bytes: Uint8Array
}

interface MemoryOptions {
  readonly now?: () => number
  readonly newId?: () => string
}

/** Files that live as long as the process. */
export const memoryStorage = (options: MemoryOptions = {}): Storage => memoryFiles(new Map(), options)

/** The same over a map that others can look into. */
export function memoryFiles(
  files: Map<string, Held>,
  { now = Date.now, newId = () => crypto.randomUUID() }: MemoryOptions,
): Storage {
  let versions = 0

  const named = (parentId: string, name: string) =>
    [...files.values()].find(({ file }) => file.parentId === parentId && file.name === name)?.file
  const current = (file: StoredFile) => {
    const held = files.get(file.id)
    return held?.file.version === file.version ? held : undefined
  }
  const save = (file: Omit<StoredFile, 'size' | 'version' | 'modifiedAt'>, bytes: Uint8Array): StoredFile => {
    const before = files.get(file.id)?.file.modifiedAt ?? 0
    versions++
    // Clients tell states of a file apart by their times.
    const saved = {
      ...file,
      size: bytes.byteLength,
      version: `v${versions}`,
      sequenceNumber: versions,
      modifiedAt: Math.max(now(), before + 1),
    }
    files.set(file.id, { file: saved, bytes })
    return saved
  }

  const add = (parentId: string, names: Iterable<string>, bytes: Uint8Array, by: User): StoredFile | undefined => {
    for (const name of names)
      if (!named(parentId, name)) return save({ id: newId(), parentId, name, ownerId: by.id }, bytes)
    return undefined
  }

  return {
    find: async (id) => files.get(id)?.file,
    child: async (parentId, name) => named(parentId, name),
    async read(file, range) {
      const held = current(file)
      return held && chunks(range ? held.bytes.subarray(range.start, range.end) : held.bytes)
    },
    async write(file, content, { by, decide, isUnmodified }) {
      const bytes = await all(content)
      for (;;) {
        const held = files.get(file.id)
        if (!held) return undefined
        const verdict = decide ? await decide(held.file) : current(file) ? 'replace' : 'refuse'
        if (verdict === 'refuse') return undefined
        if (files.get(file.id) !== held) continue
        if (verdict !== 'replace') return add(held.file.parentId, verdict.beside, bytes, by)
        return isUnmodified && same(held.bytes, bytes) ? held.file : save(held.file, bytes)
      }
    },
    async create(parentId, names, content, { by, confirm }) {
      const bytes = await all(content)
      return confirm && !(await confirm()) ? undefined : add(parentId, names, bytes, by)
    },
    async rename(file, name) {
      const held = files.get(file.id)
      const other = named(file.parentId, name)
      if (!held || (other && other.id !== file.id)) return undefined
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

const chunkSize = 64 * 1024

async function* chunks(bytes: Uint8Array): Content {
  for (let start = 0; start < bytes.byteLength; start += chunkSize) yield bytes.subarray(start, start + chunkSize)
}

async function all(content: Content): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part.slice())
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())
}

const same = (a: Uint8Array, b: Uint8Array) =>
  a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index])
