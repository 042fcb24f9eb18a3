import { readdir } from 'node:fs/promises'
import { setImmediate as turn } from 'node:timers/promises'
import type { Seen } from './disk.ts'
import { isServed } from './names.ts'
import type { ServedFolder } from './served-folder.ts'

/** Something in a folder. */
export interface Sighting {
  readonly name: string
  readonly seen: Seen
}

/** What lies in a folder on disk. */
export interface Scan {
  readonly path: string
  /** The folder itself, before it was looked into. */
  readonly folder: Seen
  readonly sightings: readonly Sighting[]
}

/** How many files are looked at before other work gets its turn. */
export const slice = 200

/** Looks into a folder. `undefined`: it is not there, or may not be read. */
export async function scan(served: ServedFolder, path: string): Promise<Scan | undefined> {
  const folder = served.disk.see(path)
  if (!folder?.isFolder) return undefined
  const names = await namesIn(served, path)
  if (!names) return undefined
  const sightings: Sighting[] = []
  for (const [index, name] of names.entries()) {
    if (index % slice === slice - 1) await turn()
    const seen = look(served, `${path}/${name}`)
    if (seen) sightings.push({ name, seen })
  }
  return { path, folder, sightings }
}

async function namesIn({ observe }: ServedFolder, path: string): Promise<string[] | undefined> {
  try {
    return (await readdir(path)).filter(isServed)
  } catch (cause) {
    observe({ what: 'unreadable', path, cause })
    return undefined
  }
}

function look({ disk, data, observe }: ServedFolder, path: string): Seen | undefined {
  if (path === data.path) return undefined
  const seen = disk.see(path)
  // Bytes that are not UTF-8 have been read as U+FFFD, and by that name there is nothing.
  if (!seen && path.includes('\uFFFD')) observe({ what: 'unreadable', path, cause: new Error('the name is not UTF-8') })
  return seen
}
