import type { Container, Containers, Page, PageRequest, StoredFile } from '@openwopi/host'
import { isSame } from './disk.ts'
import type { Entry } from './entries.ts'
import type { Finder } from './finder.ts'
import { openPages } from './pages.ts'
import type { Found } from './places.ts'
import type { Reconciler } from './reconciler.ts'
import type { ServedFolder } from './served-folder.ts'

const nothing: Page = { containers: [], files: [], total: 0 }

/** Lists a folder in pages. A folder that has changed is compared first; of files, those on the page are looked at. */
export function openChildren(
  served: ServedFolder,
  reconciler: Reconciler,
  finder: Finder,
  toContainer: (entry: Entry) => Container,
): Containers['children'] {
  const { places, disk, database, contents } = served
  const pages = openPages(database)

  /** The file as it is now. `undefined`: something else is there. */
  async function asItIs(folder: Found, entry: Entry): Promise<StoredFile | undefined> {
    const path = `${folder.path}/${entry.name}`
    const seen = disk.see(path)
    if (!seen || seen.isFolder || !isSame(seen, entry)) return undefined
    const now = await contents.current({ entry, found: { path, seen, folder: folder.seen } })
    return now && finder.stored(now)
  }

  async function page(id: string, request: PageRequest): Promise<Page | undefined> {
    const folder = places.findFolder(id)
    if (!folder) return undefined
    const { rows, next } = pages.page(id, request)
    const files: StoredFile[] = []
    for (const entry of rows) {
      const file = entry.isFolder ? undefined : await asItIs(folder, entry)
      if (file) files.push(file)
    }
    return {
      containers: rows.filter(({ isFolder }) => isFolder).map(toContainer),
      files,
      ...(next !== undefined && { next }),
      total: pages.total(id),
    }
  }

  return async (id, request) => {
    if (!(await finder.folder(id))) return nothing
    // Another order than that of names depends on contents, which only a comparison brings up to date.
    const isByContent = request.sort !== undefined && request.sort !== 'name'
    await (isByContent && request.after === undefined ? reconciler.folder(id) : reconciler.refresh(id))
    return (await page(id, request)) ?? nothing
  }
}
