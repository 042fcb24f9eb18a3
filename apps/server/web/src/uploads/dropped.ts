import type { FolderItem, Listing } from '../../../src/api.ts'
import { RequestFailed, request } from '../api/request.ts'

/** What was dropped: files, and folders with all that is in them. */
export interface Dropped {
  readonly files: readonly File[]
  readonly folders: readonly FileSystemDirectoryEntry[]
}

/** What a drop carries. It is to be asked for while the event lasts. */
export const droppedIn = ({ items, files }: DataTransfer): Dropped => {
  const entries = [...items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry?.() ?? undefined)
  return {
    // A folder stands among the files as well, and cannot be read as one.
    files: [...files].filter((_, index) => !entries[index]?.isDirectory),
    folders: entries.filter((entry) => entry !== undefined).filter(isFolder),
  }
}

/** Makes a dropped folder in another folder, or takes the one of that name, and hands out what goes where. */
export const unpackFolder = async (
  parentId: string,
  entry: FileSystemDirectoryEntry,
  onFiles: (folderId: string, files: readonly File[]) => void,
): Promise<void> => {
  const folderId = await folderNamed(parentId, entry.name)
  const entries = await entriesOf(entry)
  const files = await Promise.all(entries.filter(isFile).map(fileOf))
  if (files.length > 0) onFiles(folderId, files)
  for (const inner of entries.filter(isFolder)) await unpackFolder(folderId, inner, onFiles)
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

/** All entries of a folder, which the browser gives a hundred at a time. */
const entriesOf = async (folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> => {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

const folderNamed = async (parentId: string, name: string): Promise<string> => {
  const address = `/folders/${encodeURIComponent(parentId)}`
  try {
    const made = await request<FolderItem>(`${address}/folders`, { method: 'POST', body: { name } })
    return made.id
  } catch (error) {
    const known = error instanceof RequestFailed && error.status === 409 ? await findFolder(address, name) : undefined
    if (known === undefined) throw error
    return known
  }
}

const findFolder = async (address: string, name: string): Promise<string | undefined> => {
  let after: string | undefined
  do {
    const query = new URLSearchParams({ limit: '500', ...(after !== undefined && { after }) })
    const page = await request<Listing>(`${address}?${query}`)
    const found = page.folders.find((folder) => folder.name === name)
    if (found) return found.id
    after = page.next
  } while (after !== undefined)
  return undefined
}
