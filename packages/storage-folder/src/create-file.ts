import { closeSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Change, Content, StoredFile } from '@openwopi/host'
import { hasCode, isUnchanged, type Seen, syncFolder } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import type { Finder } from './finder.ts'
import { type Received, receive } from './incoming.ts'
import { noLinks } from './kept-content.ts'
import { checkName } from './names.ts'
import type { ServedFolder } from './served-folder.ts'
import { recordOf } from './succession.ts'

/** What is to be made. */
export interface Creation {
  readonly parentId: string
  readonly names: Iterable<string>
  readonly content: Content
  readonly change: Change
}

/** Adds a file under the first name that is free once all of the content has arrived. */
export async function createFile(
  served: ServedFolder,
  finder: Finder,
  { parentId, names, content, change }: Creation,
): Promise<StoredFile | undefined> {
  const folder = await finder.folder(parentId)
  if (!folder) return undefined
  const received = await receive(served, content, { folder: folder.found })
  try {
    if (change.confirm && !(await change.confirm())) return undefined
    const parent = await finder.folder(parentId)
    const made = parent && addReceived(served, { parentId, folder: parent.found.path, names, received, change })
    return made && (await settleNew(served, finder, made))
  } finally {
    await received.discard()
  }
}

/** What has arrived, and where it is to lie. */
export interface Addition {
  readonly parentId: string
  /** The path of the folder. */
  readonly folder: string
  readonly names: Iterable<string>
  readonly received: Received
  readonly change: Omit<Change, 'confirm'>
}

/** A file that has only just been made. */
export interface Made {
  readonly entry: Entry
  readonly path: string
  readonly seen: Seen
}

/** Makes what has been received a file under the first free name, in one step. `undefined`: none is free. */
export function addReceived(served: ServedFolder, addition: Addition): Made | undefined {
  const { folder, names, received } = addition
  const path = nameIt(folder, names, received.path)
  if (path === undefined) return undefined
  // To lose a name changes a file's times: the index is to have the last of them.
  rmSync(received.path, { force: true })
  const now = served.disk.see(path)
  const seen = now && isUnchanged(now, received.seen) ? now : received.seen
  return { path, seen, entry: add(served, { ...addition, received: { ...received, seen } }, path) }
}

/** The file as hosts know it. After this, a power failure changes nothing. */
export async function settleNew(
  served: ServedFolder,
  finder: Finder,
  { entry, path, seen }: Made,
): Promise<StoredFile | undefined> {
  await syncFolder(dirname(path))
  const folder = served.disk.see(dirname(path))
  return folder && finder.stored({ entry, found: { path, seen, folder } })
}

/** Gives the file at `source` the first of `names` that nothing has, as the file system sees it. */
function nameIt(folder: string, names: Iterable<string>, source: string): string | undefined {
  for (const name of names) {
    checkName(name)
    const path = `${folder}/${name}`
    if (giveName(source, path)) return path
  }
  return undefined
}

/** Gives a file another name unless that is taken. */
export function giveName(source: string, path: string): boolean {
  try {
    linkSync(source, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    if (!hasCode(error, ...noLinks)) throw error
  }
  const isHeld = holdName(path)
  if (isHeld) renameSync(source, path)
  return isHeld
}

/** Where a file cannot have two names, an empty one keeps the name for it. */
function holdName(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx'))
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

function add(served: ServedFolder, { parentId, received, change }: Addition, path: string): Entry {
  const { entries, ledger, now } = served
  const name = path.slice(dirname(path).length + 1)
  try {
    return served.change(() => {
      // What the index had under this name is gone: otherwise it could not have been given.
      const before = entries.named(parentId, name)
      if (before) entries.setState(before.id, 'missing')
      const kind = {
        isFolder: 0,
        state: 'here',
        outside: 0,
        owner: change.by.id,
        modifiedAt: received.seen.mtime,
      } as const
      const content = { ...contentOf(received.seen), version: entries.nextVersion(), sha256: received.sha256 }
      const entry: Entry = { id: served.newId(), parent: parentId, name, ...kind, ...content, firstSeen: now() }
      const { by, editors, isAutosave = false } = change
      entries.insert(entry)
      ledger.put({ ...recordOf(entry), by, editors, isAutosave, squashedFrom: now() })
      return entry
    })
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}
