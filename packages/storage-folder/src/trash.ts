import { renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Change, StoredFile, Trash, User } from '@openwopi/host'
import { streamPath } from './data-folder.ts'
import { syncFolder } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import { copyIn } from './incoming.ts'
import type { Present } from './places.ts'
import { restoreFile } from './restore-file.ts'
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

/** A copy of a file for the trash on another disk, and the version that it is of. */
interface Copy {
  readonly path: string
  readonly version: number
}

/** Opens the trash of `served`. */
export function openTrash(writing: Pick<Writing, 'served' | 'finder' | 'watchLock'>): TrashCan {
  const { served, finder } = writing
  const { database, entries, data, disk } = served
  const all = database.prepare<Removed>(`SELECT * FROM entries WHERE state = 'trashed' ORDER BY removedAt DESC`)
  const removal = database.prepare(`UPDATE entries SET state = 'trashed', removedAt = ?, removedBy = ? WHERE id = ?`)

  /** The index first, then the disk, in one step. */
  function throwAway({ entry, found }: Present, by: User, copy: Copy | undefined): void {
    const seen = copy && disk.see(copy.path)
    served.change(() => {
      removal.run(served.now(), JSON.stringify(by), entry.id)
      if (seen) entries.setContent(entry.id, { ...entry, ...contentOf(seen) })
    })
    try {
      renameSync(copy?.path ?? found.path, trashPath(data, entry.id))
      if (copy) rmSync(found.path)
    } catch (error) {
      served.change(() => {
        entries.setContent(entry.id, entry)
        entries.setState(entry.id, 'here')
      })
      throw error
    }
  }

  async function tryRemoval(file: StoredFile, change: Change, copy: Copy | undefined): Promise<Removal> {
    const lock = writing.watchLock(file.id)
    try {
      if (change.confirm && !(await change.confirm())) return 'refused'
      const entry = entries.get(file.id)
      const still = entry && finder.still(file.id, String(entry.version))
      if (lock.hasChanged() || !still) return 'changed'
      const isCopied = copy?.version === still.entry.version
      if (still.found.folder.dev !== data.dev && !isCopied) return 'needs a copy'
      throwAway(still, change.by, isCopied ? copy : undefined)
      await Promise.all([syncFolder(dirname(still.found.path)), syncFolder(data.trash)])
      return 'removed'
    } finally {
      lock.end()
    }
  }

  async function remove(file: StoredFile, change: Change): Promise<boolean> {
    let copy: Copy | undefined
    try {
      for (let tries = 0; tries < 100; tries++) {
        const present = await finder.file(file.id)
        if (!present) return true
        const done = await tryRemoval(file, change, copy)
        if (done === 'removed' || done === 'refused') return done === 'removed'
        if (copy) rmSync(copy.path, { force: true })
        const { entry, found } = present
        copy = done === 'needs a copy' ? { path: await copyIn(served, found.path), version: entry.version } : undefined
      }
      throw new Error(`${file.name} never stood still`)
    } finally {
      if (copy) rmSync(copy.path, { force: true })
    }
  }

  return {
    remove,
    trash: {
      list: async () => all.all().map(toTrashed),
      restore: (fileId) => restoreFile(served, finder, fileId),
      empty: (fileId) =>
        empty(
          served,
          all.all().filter(({ id }) => fileId === undefined || id === fileId),
        ),
    },
    finish() {
      for (const entry of all.all()) {
        const found = disk.see(trashPath(data, entry.id)) ? undefined : served.places.find(entry)
        if (found && found.seen.dev === data.dev) renameSync(found.path, trashPath(data, entry.id))
      }
    },
  }
}

type Removal = 'removed' | 'refused' | 'changed' | 'needs a copy'

const toTrashed = (removed: Removed) => ({
  file: toStoredFile(removed),
  removedAt: removed.removedAt,
  by: JSON.parse(removed.removedBy),
})

/** What is kept about a file besides its content, in an order that leaves nothing behind. */
const aboutFile = [
  'mentions WHERE told IN (SELECT number FROM activities WHERE file = ?)',
  'activities WHERE file = ?',
  `shares WHERE resource = ? AND kind = 'file'`,
  'restrictedLinks WHERE file = ?',
  'signatures WHERE file = ?',
  'carried WHERE file = ?',
]

async function empty(served: ServedFolder, removed: readonly Entry[]): Promise<void> {
  const { database, entries, ledger, leftovers, data, change, changeLightly } = served
  const paths = removed.flatMap(({ id }) => [
    trashPath(data, id),
    join(data.versions, id),
    ...[...served.carried.names(id)].map((name) => streamPath(data, name)),
  ])
  const about = aboutFile.map((condition) => database.prepare(`DELETE FROM ${condition}`))
  change(() => {
    for (const { id } of removed) {
      for (const deletion of about) deletion.run(id)
      for (const { version } of ledger.of(id)) ledger.drop(id, version)
      entries.forget(id)
    }
    for (const path of paths) leftovers.note(path)
  })
  for (const path of paths) await rm(path, { recursive: true, force: true })
  changeLightly(() => paths.forEach(leftovers.strike))
}
