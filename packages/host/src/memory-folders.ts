import { type Held, memoryFiles } from './memory-storage.ts'
import { memoryStreams } from './memory-streams.ts'
import type { Container, Containers, Page, PageRequest, Storage, StoredFile } from './ports.ts'
import type { Streams } from './streams.ts'

/** Files, what they carry, and the folders they lie in. */
export interface MemoryFolders {
  readonly storage: Storage
  readonly streams: Streams
  readonly containers: Containers
}

interface MemoryFoldersOptions {
  readonly rootName?: string
  readonly ownerId?: string
  readonly now?: () => number
  readonly newId?: () => string
}

/** Files and folders that live as long as the process. The root's id is `root`. */
export function memoryFolders({
  rootName = 'Documents',
  ownerId = 'owner',
  ...options
}: MemoryFoldersOptions = {}): MemoryFolders {
  const { newId = () => crypto.randomUUID() } = options
  const files = new Map<string, Held>()
  const folders = new Map<string, Container>([['root', { id: 'root', name: rootName, ownerId }]])
  const foldersIn = (id: string) => [...folders.values()].filter(({ parentId }) => parentId === id)
  const filesIn = (id: string) => [...files.values()].map(({ file }) => file).filter(({ parentId }) => parentId === id)
  const hasFolderNamed = (parentId: string, name: string) => foldersIn(parentId).some((one) => one.name === name)
  const isTaken = (parentId: string, name: string) =>
    hasFolderNamed(parentId, name) || filesIn(parentId).some((one) => one.name === name)
  const ancestors = (id: string): Container[] => {
    const parent = folders.get(folders.get(id)?.parentId ?? '')
    return parent ? [...ancestors(parent.id), parent] : []
  }

  return {
    streams: memoryStreams(files, options.now ?? Date.now),
    storage: memoryFiles(files, { ...options, hasFolder: (id) => folders.has(id), isTaken: hasFolderNamed }),
    containers: {
      root: async () => folders.get('root') as Container,
      find: async (id) => folders.get(id),
      ancestors: async (id) => ancestors(id),
      children: async (id, request) => pageOf(foldersIn(id), filesIn(id), request),
      async create(parentId, name) {
        if (!folders.has(parentId) || isTaken(parentId, name)) return undefined
        const folder: Container = { id: newId(), parentId, name, ownerId }
        folders.set(folder.id, folder)
        return folder
      },
      async rename({ id }, name) {
        const folder = folders.get(id)
        if (folder?.parentId === undefined || (folder.name !== name && isTaken(folder.parentId, name))) return undefined
        const renamed = { ...folder, name }
        folders.set(id, renamed)
        return renamed
      },
      async remove({ id }) {
        if (foldersIn(id).length + filesIn(id).length > 0) return false
        folders.delete(id)
        return true
      },
    },
  }
}

type Sortable = Pick<StoredFile, 'name'> & Partial<StoredFile>

function pageOf(
  folders: readonly Container[],
  files: readonly StoredFile[],
  { after, limit, sort = 'name', descending = false }: PageRequest,
): Page {
  const key = (one: Sortable) => (sort === 'name' ? one.name : (one[sort] ?? 0))
  const compare = (a: Sortable, b: Sortable) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (descending ? -1 : 1)
  const all = [...[...folders].sort(compare), ...[...files].sort(compare)]
  const start = Number(after ?? 0)
  const slice = all.slice(start, start + limit)
  const isFile = (one: Container | StoredFile): one is StoredFile => 'version' in one
  return {
    containers: slice.filter((one) => !isFile(one)),
    files: slice.filter(isFile),
    total: all.length,
    ...(start + limit < all.length && { next: String(start + limit) }),
  }
}
