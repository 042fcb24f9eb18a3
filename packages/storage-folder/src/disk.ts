import { lstatSync, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'

/** What tells one file from another, however it is called: its inode, and when that was made where this is known. */
export interface Identity {
  readonly ino: number
  readonly born: number
}

/** What is known of a file or folder on disk. Times are milliseconds, with all the digits that the system gives. */
export interface Seen extends Identity {
  readonly isFolder: 0 | 1
  readonly size: number
  readonly mtime: number
  readonly ctime: number
  /** The file system it is on. */
  readonly dev: number
  /** How many names it has. */
  readonly nlink: number
  /** Its kind and who may do what with it. */
  readonly mode: number
}

/** How the file system is asked. */
export interface Disk {
  /** What is at `path`. Nothing, and what is neither a file nor a folder, links among it, is `undefined`. */
  see(path: string): Seen | undefined
  /** The same of a file that is open. */
  seen(stats: Stats): Seen | undefined
  /** How often it has been asked. */
  asked(): number
}

/** `knowsBirth`: the file system keeps the time a file was made, rather than passing off another one for it. */
export function openDisk(knowsBirth: boolean): Disk {
  let asked = 0
  const seen = (stats: Stats): Seen | undefined => {
    if (!stats.isFile() && !stats.isDirectory()) return undefined
    const { ino, size, mtimeMs, ctimeMs, dev, nlink, mode } = stats
    const born = knowsBirth ? stats.birthtimeMs : 0
    return { ino, born, isFolder: stats.isFile() ? 0 : 1, size, mtime: mtimeMs, ctime: ctimeMs, dev, nlink, mode }
  }
  return {
    seen,
    see(path) {
      asked++
      const stats = statsOf(path)
      return stats && seen(stats)
    },
    asked: () => asked,
  }
}

/** Of the entry itself, never of what a link points to. */
export function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if (hasCode(error, 'ENOTDIR', 'ENAMETOOLONG', 'ENOENT')) return undefined
    throw error
  }
}

/** Whether two sights are of the same file. A time of birth that is not known matches any. */
export const isSame = (a: Identity, b: Identity): boolean =>
  a.ino === b.ino && (a.born === b.born || a.born === 0 || b.born === 0)

type Sight = Identity & { readonly size: number; readonly mtime: number }

/** Whether two sights are of the same file with the same content, as far as size and time tell. */
export const isUnchanged = (a: Sight, b: Sight): boolean => isSame(a, b) && a.size === b.size && a.mtime === b.mtime

/** Whether `error` is one of the operating system with one of these codes. */
export const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

/** Makes durable what has been added to, taken from and renamed in a folder. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
