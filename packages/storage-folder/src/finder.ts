import type { StoredFile } from '@openwopi/host'
import { hasKnownContent, takeArrival } from './contents.ts'
import { type DesktopLocks, desktopLocks } from './desktop-locks.ts'
import { isSame, type Seen } from './disk.ts'
import type { Entry } from './entries.ts'
import { isServed } from './names.ts'
import type { Present } from './places.ts'
import type { Reconciler } from './reconciler.ts'
import type { ServedFolder } from './served-folder.ts'
import { toStoredFile } from './stored-file.ts'

/** Finds files and folders, wherever other programs have put them. */
export interface Finder {
  file(id: string): Promise<Present | undefined>
  folder(id: string): Promise<Present | undefined>
  child(parentId: string, name: string): Promise<Present | undefined>
  /** The file as it is now, in one step. `undefined`: it is not where it was, or has another content. */
  still(id: string, version: string): Present | undefined
  /** The same as hosts know it. */
  stored(present: Present): StoredFile
}

/** The bits of a mode that let its owner, its group or everyone write. */
const anyoneMayWrite = 0o222

/** Finds what lies in `served`. */
export function openFinder(served: ServedFolder, reconciler: Reconciler): Finder {
  const { entries, places, disk, contents } = served
  const openElsewhere: DesktopLocks = desktopLocks(served.now)

  async function present(id: string, isFolder: 0 | 1): Promise<Present | undefined> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const entry = entries.get(id)
      if (!entry || entry.isFolder !== isFolder || entry.state === 'trashed') return undefined
      const found = isFolder && entry.state === 'here' ? places.findFolder(id) : places.find(entry)
      if (found && entry.state === 'here') {
        const now = isFolder ? { entry, found } : await contents.current({ entry, found })
        if (now) return now
        continue
      }
      if (found && comesBack(entry, found.seen)) continue
      const folder = returnedTo(entry)
      if (folder === undefined && isKnownLost(entry)) return undefined
      await (folder === undefined ? look(entry) : reconciler.folder(folder))
    }
    return undefined
  }

  /** What was missing is where it was again, and nothing else has been put there. */
  function comesBack(entry: Entry, seen: Seen): boolean {
    const { id, parent, name } = entry
    if (parent === null || entries.named(parent, name)) return false
    served.change(() => {
      entries.place({ id, parent, name })
      if (!entry.isFolder) takeArrival(served, entry, seen)
    })
    places.forget()
    return true
  }

  /** The folder of a missing file, if something has come to its name that the index does not know yet. */
  function returnedTo({ state, isFolder, parent, name }: Entry): string | undefined {
    if (state !== 'missing' || isFolder || parent === null) return undefined
    const folder = places.findFolder(parent)
    const seen = folder && disk.see(`${folder.path}/${name}`)
    const known = entries.named(parent, name)
    return seen && !(known && isSame(known, seen)) ? parent : undefined
  }

  const isKnownLost = ({ state, parent }: Entry) =>
    (state === 'missing' || parent === null || !places.wayTo(parent)) && reconciler.hasLookedLately()

  const look = ({ state, parent }: Entry) =>
    state === 'here' && parent !== null && places.findFolder(parent) ? reconciler.folder(parent) : reconciler.tree()

  async function child(parentId: string, name: string): Promise<Present | undefined> {
    if (!isServed(name) || /[/\0]/.test(name) || name === '') return undefined
    for (let attempt = 0; attempt < 2; attempt++) {
      const folder = (await present(parentId, 1))?.found
      if (!folder) return undefined
      const path = `${folder.path}/${name}`
      const seen = path === served.data.path ? undefined : disk.see(path)
      if (!seen) return undefined
      const entry = entries.named(parentId, name) ?? otherSpelling(parentId, name, seen)
      const isIt = entry && isSame(entry, seen) && entry.isFolder === seen.isFolder
      const found = { path, seen, folder: folder.seen }
      const now = isIt && !seen.isFolder ? await contents.current({ entry, found }) : isIt && { entry, found }
      if (now) return now
      if (!isIt) await reconciler.folder(parentId)
    }
    return undefined
  }

  /** Where the file system takes two spellings for one name, the file is found by either. */
  const otherSpelling = (parentId: string, name: string, seen: Seen) =>
    seen.nlink > 1 && !seen.isFolder
      ? undefined
      : entries
          .identified(seen)
          .find((each) => each.state === 'here' && each.parent === parentId && each.name !== name && places.find(each))

  return {
    child,
    file: (id) => present(id, 0),
    folder: (id) => present(id, 1),
    still(id, version) {
      const entry = entries.get(id)
      if (entry?.state !== 'here' || entry.isFolder || String(entry.version) !== version) return undefined
      const found = places.find(entry)
      return found && hasKnownContent(entry, found.seen) ? { entry, found } : undefined
    },
    stored({ entry, found }) {
      served.makeDurable()
      const { id, name } = entry
      return {
        ...toStoredFile(entry, openElsewhere({ id, name, path: found.path, folder: found.folder })),
        ...((found.seen.mode & anyoneMayWrite) === 0 && { isReadOnly: true }),
      }
    },
  }
}
