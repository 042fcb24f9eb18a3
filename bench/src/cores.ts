import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Database } from './database.ts'

const run = promisify(execFile)

/** Keeps processes, with all their threads, to some cores of the machine. */
export async function pin(pids: readonly number[], cores: readonly number[]): Promise<void> {
  for (const pid of pids) await run('taskset', ['-acp', cores.join(','), String(pid)])
}

/** The processes of a PostgreSQL, one for each connection among them. */
export async function processesOf({ folder }: Database): Promise<readonly number[]> {
  const parent = Number((await readFile(join(folder, 'data/postmaster.pid'), 'utf8')).split('\n')[0])
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid='])
  const rows = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  return [parent, ...rows.flatMap(([pid = 0, of]) => (of === parent ? [pid] : []))]
}
