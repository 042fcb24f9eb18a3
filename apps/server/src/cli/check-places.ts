import { access, constants, stat } from 'node:fs/promises'
import { isForOthers } from '../addresses.ts'
import type { Config } from '../config.ts'
import { withUsers } from '../state/open-state.ts'
import { CommandError } from './command-error.ts'

/** Refuses a folder that cannot be served, and says why. One that only stands beside a database is not looked at. */
export async function checkPlaces({ folder, database }: Pick<Config, 'folder' | 'database'>): Promise<void> {
  if (database !== undefined) return
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw unreadable(folder, error)
    throw new CommandError(`There is no folder ${folder}. Make it, or name another one.`, 1, { cause: error })
  })
  if (!found.isDirectory()) throw new CommandError(`${folder} is a file. Name the folder that it lies in.`)
  await access(folder, constants.R_OK | constants.X_OK).catch((error: unknown) => {
    throw unreadable(folder, error)
  })
}

const unreadable = (folder: string, cause: unknown) =>
  new CommandError(`The folder ${folder} cannot be read. Give yourself the right to, or name another one.`, 1, {
    cause,
  })

/** Refuses to serve others before anyone is named who may sign in. */
export async function checkUsers(config: Config): Promise<void> {
  if (!isForOthers(config)) return
  const users = await withUsers(config, (kept) => kept.all())
  if (users.length > 0) return
  throw new CommandError(
    `Others can reach this server, so it must know who may sign in. Add yourself first: ${addUserCommand(config)}`,
  )
}

const addUserCommand = ({ dataFolder, database }: Config) =>
  database === undefined
    ? `openwopi user add NAME --data ${quoted(dataFolder)}`
    : 'openwopi user add NAME --database URL'

const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)
