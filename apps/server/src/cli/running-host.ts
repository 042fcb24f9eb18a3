import { readFile, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { z } from 'zod'
import { CommandError } from './command-error.ts'

/** A host that runs on this machine, as it says of itself in its data folder. */
export interface RunningHost {
  /** Where it is reached from this machine. */
  readonly url: string
  /** Lets whoever may read its data folder ask it for tokens. */
  readonly controlToken: string
  /** The folder it serves; absolute. */
  readonly folder: string
  readonly dataFolder: string
  /** `false`: it was ended without being asked, and left what it said of itself behind. */
  readonly isAlive: boolean
}

const runningFile = z.object({ url: z.string(), controlToken: z.string(), folder: z.string(), pid: z.number() })

/** The host that runs with this data folder. `undefined`: none says that it does. */
export async function runningHost(dataFolder: string): Promise<RunningHost | undefined> {
  const text = await readFile(join(dataFolder, 'running.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    if (error.code !== 'EACCES') throw error
    throw new CommandError(`The host's data folder ${dataFolder} may only be read by the user who runs the host.`)
  })
  if (text === undefined) return undefined
  const { pid, ...running } = runningFile.parse(JSON.parse(text))
  return { ...running, dataFolder, isAlive: isAlive(pid) }
}

function isAlive(pid: number): boolean {
  try {
    // Signal 0 reaches nobody, and fails if there is nobody.
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The host that serves a folder or one above it, if possible one that is alive. `undefined`: none does. */
export async function hostOf(start: string): Promise<RunningHost | undefined> {
  let left: RunningHost | undefined
  for (let folder = start; ; folder = dirname(folder)) {
    const host = await runningHost(join(folder, '.openwopi'))
    if (host?.isAlive) return host
    left ??= host
    if (folder === dirname(folder)) return left
  }
}

/** Where `file` lies in the folder of `host`, with `/` between names. `undefined`: outside. */
export async function pathIn(host: RunningHost, file: string): Promise<string | undefined> {
  const [folder, real] = await Promise.all([realpath(host.folder), realOf(file)])
  const path = relative(folder, real)
  const isOutside = path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
  return isOutside ? undefined : path.split(sep).join('/')
}

/** The real place of a file that may not be there. Where a last link leads is for the host to judge. */
const realOf = async (file: string) => join(await realpath(dirname(file)).catch(() => dirname(file)), basename(file))
