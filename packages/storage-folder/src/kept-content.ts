import { linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DataFolder } from './data-folder.ts'
import { hasCode, isSame } from './disk.ts'
import type { Entry } from './entries.ts'
import type { ServedFolder } from './served-folder.ts'

/** Where a version of a file is kept once it is no longer the present one. */
export const keptPath = (data: DataFolder, file: string, version: number): string =>
  join(data.versions, file, String(version))

/** What a file system says that cannot give a file a second name there. */
export const noLinks = ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/**
 * Gives the present content of a file, which is at `path`, a second name among the kept versions. `copy` is one that
 * has been made for where this is not possible. `false`: it is not possible, and a copy is needed.
 */
export function keepContent({ data, disk }: ServedFolder, entry: Entry, path: string, copy?: string): boolean {
  const kept = keptPath(data, entry.id, entry.version)
  mkdirSync(join(data.versions, entry.id), { recursive: true, mode: 0o700 })
  if (copy !== undefined) {
    renameSync(copy, kept)
    return true
  }
  const there = disk.see(kept)
  if (there && isSame(there, entry)) return true
  // A name without a record is what a crash has left.
  if (there) rmSync(kept)
  try {
    linkSync(path, kept)
    return true
  } catch (error) {
    if (hasCode(error, ...noLinks)) return false
    throw error
  }
}
