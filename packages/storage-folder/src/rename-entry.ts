import { renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { giveName } from './create-file.ts'
import { isSame, statsOf, syncFolder } from './disk.ts'
import { checkName } from './names.ts'
import type { Present } from './places.ts'
import type { ServedFolder } from './served-folder.ts'

/** Gives a file or folder another name if that is free. `undefined`: it is not. */
export async function renameEntry(served: ServedFolder, present: Present, name: string): Promise<Present | undefined> {
  const { entry, found } = present
  checkName(name)
  if (entry.parent === null) throw new Error('the folder that is served cannot be renamed from here')
  if (name === entry.name) return present
  const path = `${dirname(found.path)}/${name}`
  const placing = { id: entry.id, parent: entry.parent, name }
  const place = () => {
    const before = served.entries.named(placing.parent, name)
    if (before) served.entries.setState(before.id, 'missing')
    served.entries.place(placing)
    if (entry.isFolder) served.places.forget()
  }
  if (isOneName(served, present, path) || entry.isFolder) {
    // A rename replaces an empty folder, so what is there is asked for first.
    if (statsOf(path) && !isOneName(served, present, path)) return undefined
    renameSync(found.path, path)
    served.change(place)
  } else if (!giveSecondName(served, present, { path, place })) return undefined
  const seen = served.disk.see(path)
  if (seen && !entry.isFolder) served.changeLightly(() => served.entries.setCtime(entry.id, seen.ctime))
  await syncFolder(dirname(path))
  return { entry: { ...entry, name }, found: { ...found, path } }
}

/** Whether the file system takes both spellings for one name, so that the file itself is what is there. */
function isOneName({ disk }: ServedFolder, { found }: Present, path: string): boolean {
  const there = disk.see(path)
  return there !== undefined && isSame(there, found.seen) && (found.seen.isFolder === 1 || found.seen.nlink === 1)
}

/** For a moment a file has both names: only so is a name never taken from another file. A start takes back half of it. */
function giveSecondName(
  { leftovers, change, changeLightly }: ServedFolder,
  { found }: Present,
  { path, place }: { readonly path: string; readonly place: () => void },
): boolean {
  changeLightly(() => leftovers.note(found.path, found.seen.ino))
  const isGiven = giveName(found.path, path)
  if (isGiven) change(place)
  if (isGiven && statsOf(found.path)?.ino === found.seen.ino) rmSync(found.path)
  changeLightly(() => leftovers.strike(found.path))
  return isGiven
}
