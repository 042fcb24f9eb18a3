import { mkdirSync, rmdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Container, Containers } from '@openwopi/host'
import { openChildren } from './children.ts'
import { hasCode, syncFolder } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import type { Finder } from './finder.ts'
import { checkName } from './names.ts'
import type { Reconciler } from './reconciler.ts'
import { renameEntry } from './rename-entry.ts'
import { rootId, type ServedFolder } from './served-folder.ts'

/** The folders of `served`. */
export function openContainers(served: ServedFolder, finder: Finder, reconciler: Reconciler): Containers {
  const { entries, places, root } = served
  const toContainer = ({ id, parent, name, owner }: Entry): Container => {
    served.makeDurable()
    if (parent === null) return { id, name: basename(root), ownerId: owner }
    return { id, parentId: parent, name, ownerId: owner }
  }

  async function find(id: string): Promise<Container | undefined> {
    const present = await finder.folder(id)
    return present && toContainer(present.entry)
  }

  return {
    find,
    children: openChildren(served, reconciler, finder, toContainer),
    async root() {
      const found = await find(rootId)
      if (!found) throw new Error(`${root} is not there`)
      return found
    },
    async ancestors(id) {
      const entry = entries.get(id)
      const present = entry?.isFolder ? await finder.folder(id) : await finder.file(id)
      const parent = present?.entry.parent
      return parent ? (places.wayTo(parent) ?? []).map(toContainer) : []
    },
    async create(parentId, name) {
      checkName(name)
      const parent = await finder.folder(parentId)
      const path = parent && `${parent.found.path}/${name}`
      if (path === undefined || !makeFolder(path)) return undefined
      const made = served.change(() => addFolder(served, { parentId, name, path }))
      places.forget()
      await syncFolder(dirname(path))
      return made && toContainer(made)
    },
    async rename({ id }, name) {
      const present = await finder.folder(id)
      const renamed = present && (await renameEntry(served, present, name))
      return renamed && toContainer(renamed.entry)
    },
    async remove({ id }) {
      const present = await finder.folder(id)
      if (!present) return true
      if (id === rootId) throw new Error('the folder that is served cannot be removed from here')
      if (!removeFolder(present.found.path)) return false
      served.change(() => entries.setState(id, 'missing'))
      places.forget()
      await syncFolder(dirname(present.found.path))
      return true
    },
  }
}

function makeFolder(path: string): boolean {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Hidden files are files too: the system removes only a folder in which there is nothing at all. */
function removeFolder(path: string): boolean {
  try {
    rmdirSync(path)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) return false
    throw error
  }
}

function addFolder(
  { entries, disk, newId, ownerId, now }: ServedFolder,
  { parentId, name, path }: { readonly parentId: string; readonly name: string; readonly path: string },
): Entry | undefined {
  const seen = disk.see(path)
  if (!seen) return undefined
  const before = entries.named(parentId, name)
  if (before) entries.setState(before.id, 'missing')
  const kind = { isFolder: 1, state: 'here', outside: 0, sha256: null, owner: ownerId, version: 0 } as const
  const entry: Entry = {
    id: newId(),
    parent: parentId,
    name,
    ...kind,
    ...contentOf(seen),
    mtime: 0,
    size: 0,
    modifiedAt: 0,
    firstSeen: now(),
  }
  entries.insert(entry)
  return entry
}
