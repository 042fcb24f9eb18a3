import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoredFile } from '@openwopi/host'
import { giveName } from './create-file.ts'
import { hasCode, isUnchanged, syncFolder } from './disk.ts'
import { contentOf } from './entries.ts'
import type { Finder } from './finder.ts'
import { copyIn } from './incoming.ts'
import { longestName } from './names.ts'
import type { Present } from './places.ts'
import type { ServedFolder } from './served-folder.ts'
import { trashPath } from './trash-path.ts'

/** Puts a file from the trash back into its folder, under a free name where its own is taken by now. */
export async function restoreFile(
  served: ServedFolder,
  finder: Finder,
  fileId: string,
): Promise<StoredFile | undefined> {
  const { entries, data, disk, leftovers, change, changeLightly } = served
  const entry = entries.get(fileId)
  if (entry?.state !== 'trashed' || entry.parent === null) return undefined
  const folder = await folderFor(served, finder, entry.parent)
  const kept = trashPath(data, fileId)
  const source = folder.found.seen.dev === data.dev ? kept : await copyBeside(served, folder.found.path, kept)
  // While a copy was made, somebody else may have restored it.
  if (entries.get(fileId)?.state !== 'trashed') return undefined
  const seen = disk.see(source)
  const name = nameAgain(source, folder.found.path, entry.name)
  change(() => {
    const before = entries.named(folder.entry.id, name)
    if (before) entries.setState(before.id, 'missing')
    entries.place({ id: fileId, parent: folder.entry.id, name })
    if (seen) entries.setContent(fileId, { ...entry, ...contentOf(seen) })
    for (const path of [kept, source]) leftovers.note(path)
  })
  await syncFolder(folder.found.path)
  for (const path of [kept, source]) await rm(path, { force: true })
  const again = disk.see(`${folder.found.path}/${name}`)
  changeLightly(() => {
    for (const path of [kept, source]) leftovers.strike(path)
    if (seen && again && isUnchanged(again, seen)) entries.setCtime(fileId, again.ctime)
  })
  const present = await finder.file(fileId)
  return present && finder.stored(present)
}

/** The folder a file was in. One that has been removed since is made again. */
async function folderFor(served: ServedFolder, finder: Finder, id: string): Promise<Present> {
  const present = await finder.folder(id)
  if (present) return present
  const { entries, disk, change, places } = served
  const entry = entries.get(id)
  const parent = entry?.parent ? await folderFor(served, finder, entry.parent) : undefined
  if (!entry || !parent) throw new Error('there is no folder that the file could be put back into')
  const path = join(parent.found.path, entry.name)
  try {
    mkdirSync(path)
  } catch (error) {
    // A folder that has come in its place will do; anything else keeps the file in the trash.
    const other = hasCode(error, 'EEXIST') ? await finder.child(parent.entry.id, entry.name) : undefined
    if (!other?.entry.isFolder) throw error
    return other
  }
  const seen = disk.see(path)
  change(() => {
    entries.place({ id, parent: parent.entry.id, name: entry.name })
    if (seen) entries.setCompared(id, { ...contentOf(seen), mtime: 0 })
  })
  places.forget()
  const made = await finder.folder(id)
  if (!made) throw new Error(`${path} has not been made`)
  return made
}

/** Gives the file at `source` the name it had, or the next one that is free. */
function nameAgain(source: string, folder: string, wanted: string): string {
  const dot = wanted.lastIndexOf('.')
  const [base, extension] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, '']
  for (let number = 1; number < 10_000; number++) {
    const name = number === 1 ? wanted : fitting(base, ` (${number})${extension}`)
    if (giveName(source, `${folder}/${name}`)) return name
  }
  throw new Error(`no name is free for ${wanted}`)
}

/** Base and end, without as many of the last characters of the base as are too many. */
function fitting(base: string, end: string): string {
  const characters = [...base]
  while (characters.length > 1 && Buffer.byteLength(characters.join('') + end) > longestName) characters.pop()
  return characters.join('') + end
}

/** A file can take a free name only from its own file system. */
async function copyBeside(served: ServedFolder, folder: string, from: string): Promise<string> {
  const path = `${folder}/.openwopi-${served.newId()}`
  served.change(() => served.leftovers.note(path))
  return copyIn(served, from, path)
}
