import type { Content } from '@openwopi/protocol'
import type { Storage, StoredFile } from './ports.ts'

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
    // Clients tell states of a file apart by their times.
    versions++
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

  return {
    find: async (id) => files.get(id)?.file,
    child: async (parentId, name) => named(parentId, name),
    async read(file, range) {
      const held = current(file)
      return held && chunks(range ? held.bytes.subarray(range.start, range.end) : held.bytes)
    },
    async write(file, content, { confirm, isUnmodified }) {
      const bytes = await all(content)
      if (!current(file) || (confirm && !(await confirm()))) return undefined
      const held = current(file)
      if (held && isUnmodified && same(held.bytes, bytes)) return held.file
      return held && save(held.file, bytes)
    },
    async create(parentId, names, content, { by, confirm }) {
      const bytes = await all(content)
      if (confirm && !(await confirm())) return undefined
      for (const name of names)
        if (!named(parentId, name)) return save({ id: newId(), parentId, name, ownerId: by.id }, bytes)
      return undefined
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
