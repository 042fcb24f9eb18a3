import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AdoptedFile } from '@openwopi/storage-sql'
import { beginExport, incomingOf, manifestOf } from './begin-export.ts'
import { exportFolder, type Moved, type MoveReport } from './moved.ts'
import { writeLines } from './write-lines.ts'
import { keptVersion, type WrittenVersion, writeVersion } from './write-version.ts'

/**
 * Writes everything to a folder of ordinary files, and beside them what such files cannot say: ids, authors, earlier
 * versions. What is there already and the same is not written again; what is there besides is left alone.
 */
export async function takeOut(moving: AsyncIterable<Moved>, to: string, report: MoveReport): Promise<void> {
  await beginExport(to)
  await writeLines(manifestOf(to), written(moving, to, report))
}

/** A line for each that could be written. */
async function* written(moving: AsyncIterable<Moved>, to: string, report: MoveReport): AsyncGenerator<object> {
  for await (const moved of moving) {
    const line = await attempt(moved, to, report)
    if (line) yield line
  }
}

async function attempt(moved: Moved, to: string, report: MoveReport): Promise<object | undefined> {
  try {
    if (moved.path === exportFolder) throw new Error('its name is the one under which an export keeps its own things')
    const line = moved.is === 'folder' ? await writeFolder(moved, to) : await writeFile(moved, to, report)
    report.done(moved.is, moved.path)
    return line
  } catch (error) {
    report.failed(moved.path, error instanceof Error ? error.message : String(error))
    return undefined
  }
}

async function writeFolder({ path, folder }: Moved & { readonly is: 'folder' }, to: string): Promise<object> {
  await mkdir(join(to, path), { recursive: true })
  return { is: 'folder', ...folder }
}

async function writeFile(
  { path, file }: Moved & { readonly is: 'file' },
  to: string,
  report: MoveReport,
): Promise<object> {
  const versions: WrittenVersion[] = []
  for (const version of file.versions) {
    const isPresent = version === file.versions.at(-1) && !file.removed
    const place = isPresent ? join(to, path) : keptVersion(to, file.id, version.version)
    versions.push(await writeVersion(version, { place, incoming: incomingOf(to), isPresent }, report))
  }
  const { id, parentId, name, ownerId, removed }: AdoptedFile = file
  return { is: 'file', id, parentId, name, ownerId, versions, ...(removed && { removed }) }
}
