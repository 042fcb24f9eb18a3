import type { Records, SqlStorage } from '@openwopi/storage-sql'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { usageError } from './command-error.ts'
import { addConfigFlags } from './config-flags.ts'
import { explainStart } from './explain-start.ts'

/** Adds the flags that say which database and which contents a command is about. */
export const aboutDatabase = (command: Command): Command => addConfigFlags(command, ['data', 'database', 'blobs'])

/** Does `work` on the files that a database knows, and lets go of them. */
export async function withKeptFiles(config: Config, work: (files: SqlStorage) => Promise<void>): Promise<void> {
  const files = await open(config)
  await work(files).finally(() => files.close())
}

/** Does `work` on what the server of a database keeps besides files, and lets go of it. */
export async function withStateRecords(config: Config, work: (records: Records) => Promise<void>): Promise<void> {
  const { openStateDatabase } = await import('../state/open-state.ts')
  const { stateRecords } = await import('../state/state-records.ts')
  const { db, close } = await openStateDatabase(config)
  await work(stateRecords(db)).finally(close)
}

async function open(config: Config): Promise<SqlStorage> {
  const { database, blobs: place, keepVersions } = config
  if (database === undefined)
    throw usageError('Say which database: --database postgres://USER@HOST/NAME or sqlite:PATH.')
  // A place that is only guessed would be found empty, and everything in it missing.
  if (place === undefined)
    throw usageError(
      'Say where the contents lie: --blobs DIR or s3://BUCKET. Where "openwopi serve" was not told, they lie in blobs in its data folder.',
    )
  // Loaded here only: the other commands start without it.
  const { openBlobs, sqlStorage } = await import('@openwopi/storage-sql')
  try {
    const blobs = await openBlobs(place)
    const files = await sqlStorage({ database, blobs, keepVersions })
    return { ...files, close: () => files.close().finally(() => blobs.close()) }
  } catch (error) {
    throw explainStart(error, config)
  }
}
