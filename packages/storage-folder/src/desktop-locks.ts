import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { hasCode, type Seen, statsOf } from './disk.ts'

/** Who has a file open in a desktop program, as the lock file beside it says. `undefined`: nobody. */
export type DesktopLocks = (file: {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly folder: Seen
}) => string | undefined

interface Known {
  readonly mtime: number
  readonly ctime: number
  readonly lock: DesktopLock | undefined
}

interface DesktopLock {
  readonly user: string
  /** Milliseconds since the epoch. */
  readonly madeAt: number
}

/** A program that has ended badly leaves its lock file behind: after a day it counts no more. */
const longestLock = 24 * 60 * 60_000

const mostKnown = 10_000
const coarse = 50

/** Looks for lock files, and again only when the folder has changed. */
export function desktopLocks(now: () => number): DesktopLocks {
  const known = new Map<string, Known>()
  return ({ id, name, path, folder }) => {
    const before = known.get(id)
    const isKnown = before && before.mtime === folder.mtime && before.ctime === folder.ctime
    const lock = isKnown ? before.lock : readLock(path, name)
    if (!isKnown && Math.abs(now() - folder.mtime) > coarse) {
      if (known.size >= mostKnown) known.clear()
      known.set(id, { mtime: folder.mtime, ctime: folder.ctime, lock })
    }
    return lock && Math.abs(now() - lock.madeAt) < longestLock ? lock.user : undefined
  }
}

function readLock(path: string, name: string): DesktopLock | undefined {
  const folder = path.slice(0, -name.length)
  for (const [lockName, read] of lockNames(name)) {
    const lock = readFile(`${folder}${lockName}`)
    if (lock) return { user: cleaned(read(lock.bytes)), madeAt: lock.madeAt }
  }
  return undefined
}

/** Word puts `~$` in place of the first letters of a longer name, Excel and PowerPoint before it. */
function lockNames(name: string): readonly (readonly [string, (bytes: Buffer) => string])[] {
  const base = name.lastIndexOf('.') < 0 ? name.length : name.lastIndexOf('.')
  const cut = Math.min(2, Math.max(0, base - 6))
  const office = cut > 0 ? [`~$${name}`, `~$${name.slice(cut)}`] : [`~$${name}`]
  return [[`.~lock.${name}#`, libreOfficeUser] as const, ...office.map((each) => [each, officeUser] as const)]
}

function readFile(path: string): { bytes: Buffer; madeAt: number } | undefined {
  // Mostly there is none, and to be told so costs less than to fail.
  if (!statsOf(path)?.isFile()) return undefined
  let fd: number
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'ENXIO')) return undefined
    throw error
  }
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile()) return undefined
    const bytes = Buffer.alloc(1024)
    return { bytes: bytes.subarray(0, readSync(fd, bytes)), madeAt: stats.mtimeMs }
  } finally {
    closeSync(fd)
  }
}

/** `Full name,login,host,time,profile;`, where a backslash takes the meaning from the next character. */
function libreOfficeUser(bytes: Buffer): string {
  const fields = bytes.toString('utf8').match(/(\\.|[^,\\])*/gs) ?? []
  return (fields.find((field) => field !== '') ?? '').replace(/\\(.)/gs, '$1')
}

/** The length of the name in one byte and the name in one byte per letter; further on, the same again in UTF-16. */
function officeUser(bytes: Buffer): string {
  const length = bytes[0] ?? 0
  for (const at of [54, 55])
    if (bytes.length >= at + 2 + 2 * length && bytes.readUInt16LE(at) === length)
      return bytes.toString('utf16le', at + 2, at + 2 + 2 * length)
  return bytes.toString('latin1', 1, 1 + length)
}

const cleaned = (name: string) =>
  name
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .trim()
    .slice(0, 100)
