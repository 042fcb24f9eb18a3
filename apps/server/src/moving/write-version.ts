import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { AdoptedVersion } from '@openwopi/storage-sql'
import { exportFolder, type MoveReport } from './moved.ts'

/** A version that lies on disk, with its hash. */
export type WrittenVersion = Omit<AdoptedVersion, 'read' | 'sha256'> & { readonly sha256: string }

/** Where an earlier version of a file lies in an export. Ids and versions may hold what a file's name may not. */
export const keptVersion = (to: string, id: string, version: string): string =>
  join(to, exportFolder, 'versions', plain(id), plain(version))

const plain = (text: string): string => encodeURIComponent(text).replaceAll('.', '%2E')

interface Destination {
  readonly place: string
  /** Where it is written before it stands in its place whole. */
  readonly incoming: string
  readonly isPresent: boolean
}

/** Writes a version, unless it lies there already. Throws where it is not what its hash says. */
export async function writeVersion(
  { read, ...version }: AdoptedVersion,
  { place, incoming, isPresent }: Destination,
  report: MoveReport,
): Promise<WrittenVersion> {
  const there = await hashOf(place, version.size)
  // What lies under the name of an earlier version was renamed to it whole, and is never anything else.
  const isSame = there !== undefined && (isPresent ? there === version.sha256 : true)
  if (isSame) return { ...version, sha256: there }
  await mkdir(dirname(place), { recursive: true })
  const sha256 = await receive(incoming, read, report)
  if (version.sha256 !== undefined && version.sha256 !== sha256) {
    await rm(incoming)
    throw new Error(`version ${version.version} is not what its hash says`)
  }
  await utimes(incoming, version.modifiedAt / 1000, version.modifiedAt / 1000)
  await rename(incoming, place)
  return { ...version, sha256 }
}

async function receive(path: string, read: AdoptedVersion['read'], { passed }: MoveReport): Promise<string> {
  const content = await read()
  if (!content) throw new Error('it was changed meanwhile; run this again')
  const hash = createHash('sha256')
  const handle = await open(path, 'w')
  try {
    for await (const piece of content) {
      hash.update(piece)
      await handle.writeFile(piece)
      passed(piece.byteLength)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hash.digest('base64')
}

/** Base64 of the SHA-256 of a file of this size. `undefined`: there is none. */
async function hashOf(path: string, size: number): Promise<string | undefined> {
  const found = await stat(path).catch(unlessMissing)
  if (!found?.isFile() || found.size !== size) return undefined
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  return hash.digest('base64')
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}
