import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportFolder } from './moved.ts'

/** What an export writes last: with it, the export is whole. */
export const manifestOf = (folder: string): string => join(folder, exportFolder, 'manifest.jsonl')

/** Where a version is written before it stands in its place whole. */
export const incomingOf = (folder: string): string => join(folder, exportFolder, 'incoming')

/** Makes place for an export. One that lies there counts as whole again when this one does: its files change from now on. */
export async function beginExport(to: string): Promise<void> {
  await mkdir(join(to, exportFolder), { recursive: true })
  await rm(manifestOf(to), { force: true })
  await rm(incomingOf(to), { force: true })
}
