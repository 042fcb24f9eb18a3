import type { Container, Containers, Page, PageRequest, StoredFile } from '@openwopi/host'
import { isUnchanged } from './disk.ts'
import type { Entry } from './entries.ts'
import type { Finder } from './finder.ts'
import { takeOutsideChange } from './outside-change.ts'
import { openPages } from './pages.ts'
import type { Reconciler } from './reconciler.ts'
import type { ServedFolder } from './served-folder.ts'

/** Lists a folder in pages. A folder that has changed is compared first; of files, those on the page are looked at. */
export function openChildren(
  served: ServedFolder,
  reconciler: Reconciler,
  finder: Finder,
  toContainer: (entry: Entry) => Container,
): Containers['children'] {
  const { places, database } = served
  const pages = openPages(database)

  /** The file as it is now. `undefined`: something else is there. */
  function asItIs(entry: Entry): StoredFile | undefined {
    const found = places.find(entry)
    if (!found) return undefined
    return finder.stored({
      found,
      entry: isUnchanged(entry, found.seen) ? entry : takeOutsideChange(served, entry, found.seen),
    })
  }

  async function page(id: string, request: PageRequest): Promise<Page> {
    const { rows, next } = pages.page(id, request)
    const files = rows.filter(({ isFolder }) => !isFolder).map(asItIs)
    return {
      containers: rows.filter(({ isFolder }) => isFolder).map(toContainer),
      files: files.filter((file) => file !== undefined),
      ...(next !== undefined && { next }),
      total: pages.total(id),
    }
  }

  return async (id, request) => {
    if (!(await finder.folder(id))) return { containers: [], files: [], total: 0 }
    // Another order than that of names depends on contents, which only a comparison brings up to date.
    const isByContent = request.sort !== undefined && request.sort !== 'name'
    await (isByContent && request.after === undefined ? reconciler.folder(id) : reconciler.refresh(id))
    return page(id, request)
  }
}
