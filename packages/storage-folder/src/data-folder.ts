import { chmodSync, lstatSync, mkdirSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Where the storage keeps what is not the served files themselves. */
export interface DataFolder {
  readonly path: string
  /** Content that is arriving. */
  readonly incoming: string
  /** Earlier content: one folder per file, one file per version. */
  readonly versions: string
  /** Removed files, by their ids. */
  readonly trash: string
  /** What files carry besides their contents. */
  readonly streams: string
  /** Uploads that are made in several requests. */
  readonly uploads: string
  readonly database: string
  /** The file system it is on. */
  readonly dev: number
}

/** Finds or makes the data folder of `root`, which only its owner may enter. */
export function openDataFolder(root: string, wanted: string): DataFolder {
  mkdirSync(wanted, { recursive: true, mode: 0o700 })
  const path = realpathSync(wanted)
  if (root === path || root.startsWith(path + sep))
    throw new Error(`the data folder ${path} must not hold the folder that is served, ${root}`)
  const folder = (name: string) => {
    const made = join(path, name)
    mkdirSync(made, { recursive: true, mode: 0o700 })
    return made
  }
  return {
    path,
    incoming: folder('incoming'),
    versions: folder('versions'),
    trash: folder('trash'),
    streams: folder('streams'),
    // Not `uploads`: that name is the server's, for what browsers upload, and whatever is not known here is cleaned up.
    uploads: folder('sessions'),
    database: join(path, 'index.db'),
    dev: lstatSync(path).dev,
  }
}

/** Where a stream lies that a file carries. */
export const streamPath = ({ streams }: DataFolder, name: string): string => join(streams, name)

/** Whether the file system keeps when a file was made: some hand out the time of its last change instead. */
export function knowsBirth({ incoming }: DataFolder): boolean {
  const probe = join(incoming, 'probe')
  writeFileSync(probe, '')
  try {
    const first = lstatSync(probe)
    utimesSync(probe, 1, 1)
    for (let tries = 0; tries < 5000 && lstatSync(probe).ctimeMs === first.ctimeMs; tries++) chmodSync(probe, 0o600)
    const { birthtimeMs, ctimeMs } = lstatSync(probe)
    return birthtimeMs > 1000 && birthtimeMs === first.birthtimeMs && ctimeMs !== first.ctimeMs
  } finally {
    rmSync(probe, { force: true })
  }
}
