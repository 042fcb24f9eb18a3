import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A place on disk for one measure: a folder to serve, and one for the host's data. */
export interface Workplace {
  readonly folder: string
  readonly dataFolder: string
  /** For the files of baselines. */
  readonly aside: string
}

/** Runs a measure in a fresh place, and cleans up after it. */
export async function withWorkplace<T>(run: (place: Workplace) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'openwopi-bench-'))
  const place = { folder: join(root, 'files'), dataFolder: join(root, 'data'), aside: join(root, 'aside') }
  try {
    await mkdir(place.folder)
    await mkdir(place.aside)
    return await run(place)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
