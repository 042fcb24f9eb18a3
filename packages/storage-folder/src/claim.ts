import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataFolder } from './data-folder.ts'
import { openExclusively } from './database.ts'

/** Keeps other processes off a data folder until it is released or this process ends. Throws if one is there already. */
export async function claim(data: DataFolder, root: string): Promise<{ release(): void }> {
  const pidFile = join(data.path, 'serving.pid')
  const held = await openExclusively(join(data.path, 'serving.db'))
  if (!held) {
    const pid = readPid(pidFile)
    throw new Error(
      `${root} is served already by process ${pid}, with the data folder ${data.path}: end it first, or choose another folder`,
    )
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
  return { release: () => held.close() }
}

function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
