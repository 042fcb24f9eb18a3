import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Change, StoredFile, Trash, User } from '@openwopi/host'
import { giveName } from './create-file.ts'
import { hasCode, syncFolder } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import type { Finder, Present } from './finder.ts'
import { copyIn } from './incoming.ts'
import type { ServedFolder } from './served-folder.ts'
import { toStoredFile } from './stored-file.ts'
import { trashPath } from './trash-path.ts'
import type { Writing } from './write-file.ts'

interface Removed extends Entry {
  readonly removedAt: number
  readonly removedBy: string
}

/** Removed files, in the data folder until they are emptied. */
export interface TrashCan {
  readonly trash: Trash
  /** Moves a file there. `false`: it is not to be removed. */
  remove(file: StoredFile, change: Change): Promise<boolean>
  /** Finishes removals that a crash has interrupted. */
  finish(): void
}

/** Opens the trash of `served`. */
export function openTrash(writing: Pick<Writing, 'served' | 'finder' | 'watchLock'>): TrashCan {
  const { served, finder } = writing
  const { database, entries, data, disk } = served
  const all = database.prepare<Removed>(`SELECT * FROM entries WHERE state = 'trashed' ORDER BY removedAt DESC`)
  const removal = database.prepare(`UPDATE entries SET state = 'trashed', removedAt = ?, removedBy = ? WHERE id = ?`)

  function throwAway({ entry, found }: Present, by: User, copy: string | undefined): void {
    const target = trashPath(data, entry.id)
    served.change(() => {
      removal.run(served.now(), JSON.stringify(by), entry.id)
      const seen = copy === undefined ? undefined : disk.see(copy)
      if (seen) entries.setContent(entry.id, { ...entry, ...contentOf(seen) })
    })
    try {
      renameSync(copy ?? found.path, target)
      if (copy !== undefined) rmSync(found.path)
    } catch (error) {
      served.change(() => {
        entries.setContent(entry.id, entry)
        entries.setState(entry.id, 'here')
      })
      throw error
    }
  }

  async function tryRemoval(file: StoredFile, change: Change, copy: string | undefined): Promise<Removal> {
    const lock = writing.watchLock(file.id)
    try {
      if (change.confirm && !(await change.confirm())) return 'refused'
      const entry = entries.get(file.id)
      const found = entry?.state === 'here' ? served.places.find(entry) : undefined
      if (lock.hasChanged() || !entry || !found) return 'changed'
      if (copy === undefined && found.folder.dev !== data.dev) return 'needs a copy'
      throwAway({ entry, found }, change.by, copy)
      return dirname(found.path)
    } finally {
      lock.end()
    }
  }

  async function remove(file: StoredFile, change: Change): Promise<boolean> {
    let copy: string | undefined
    for (let tries = 0; tries < 100; tries++) {
      const present = await finder.file(file.id)
      if (!present) return true
      const done = await tryRemoval(file, change, copy)
      if (done === 'refused') return false
      if (done === 'needs a copy') copy = await copyIn(served, present.found.path)
      if (done === 'needs a copy' || done === 'changed') continue
      await Promise.all([syncFolder(done), syncFolder(data.trash)])
      return true
    }
    throw new Error(`${file.name} never stood still`)
  }

  return {
    remove,
    trash: {
      list: async () =>
        all
          .all()
          .map((each) => ({ file: toStoredFile(each), removedAt: each.removedAt, by: JSON.parse(each.removedBy) })),
      restore: (fileId) => restore(served, finder, fileId),
      empty: () => empty(served, all.all()),
    },
    finish() {
      for (const entry of all.all()) {
        const found = disk.see(trashPath(data, entry.id)) ? undefined : served.places.find(entry)
        if (found && found.seen.dev === data.dev) renameSync(found.path, trashPath(data, entry.id))
      }
    },
  }
}

type Removal = 'refused' | 'changed' | 'needs a copy' | (string & {})

async function restore(served: ServedFolder, finder: Finder, fileId: string): Promise<StoredFile | undefined> {
  const { entries, data, disk, change, changeLightly } = served
  const entry = entries.get(fileId)
  if (entry?.state !== 'trashed' || entry.parent === null) return undefined
  const folder = await folderFor(served, finder, entry.parent)
  const from = trashPath(data, fileId)
  const isHere = folder.found.seen.dev === data.dev
  const source = isHere ? from : await copyBeside(served, folder.found.path, from)
  const seen = disk.see(source)
  const name = freeName(served, { folder, source, wanted: entry.name })
  change(() => {
    const before = entries.named(folder.entry.id, name)
    if (before) entries.setState(before.id, 'missing')
    entries.place({ id: fileId, parent: folder.entry.id, name })
    if (seen) entries.setContent(fileId, { ...entry, ...contentOf(seen) })
    served.leftovers.note(from)
  })
  await syncFolder(folder.found.path)
  await Promise.all([rm(from, { force: true }), rm(source, { force: true })])
  changeLightly(() => served.leftovers.strike(from))
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
    // Something else is there by now: then that is where the file goes, or it stays in the trash.
    if (!hasCode(error, 'EEXIST')) throw error
    const other = await finder.child(parent.entry.id, entry.name)
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

interface Wanted {
  readonly folder: Present
  readonly source: string
  readonly wanted: string
}

function freeName(_: ServedFolder, { folder, source, wanted }: Wanted): string {
  const dot = wanted.lastIndexOf('.')
  const [base, extension] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, '']
  for (let number = 1; number < 10_000; number++) {
    const name = number === 1 ? wanted : `${base} (${number})${extension}`
    if (giveName(source, `${folder.found.path}/${name}`)) return name
  }
  throw new Error(`no name is free for ${wanted}`)
}

async function copyBeside(served: ServedFolder, folder: string, from: string): Promise<string> {
  const path = `${folder}/.openwopi-${served.newId()}`
  served.change(() => served.leftovers.note(path))
  return copyIn(served, from, path)
}

async function empty(served: ServedFolder, removed: readonly Entry[]): Promise<void> {
  const { entries, ledger, leftovers, data, change, changeLightly } = served
  const paths = removed.flatMap(({ id }) => [trashPath(data, id), join(data.versions, id)])
  change(() => {
    for (const { id } of removed) {
      for (const { version } of ledger.of(id)) ledger.drop(id, version)
      entries.forget(id)
    }
    for (const path of paths) leftovers.note(path)
  })
  for (const path of paths) await rm(path, { recursive: true, force: true })
  changeLightly(() => paths.forEach(leftovers.strike))
}
