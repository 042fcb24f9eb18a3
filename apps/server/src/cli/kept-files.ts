import type { Records, SqlEvent, SqlStorage } from '@openwopi/storage-sql'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { usageError } from './command-error.ts'
import { addConfigFlags } from './config-flags.ts'
import { explainStart } from './explain-start.ts'
import { printable } from './text.ts'

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
    const files = await sqlStorage({ database, blobs, keepVersions, observe: tell })
    return { ...files, close: () => files.close().finally(() => blobs.close()) }
  } catch (error) {
    throw explainStart(error, config)
  }
}

/** What happens outside of a call: what does not end the call that it happened in would be known to nobody. */
function tell({ what, key, count, cause }: SqlEvent): void {
  const say = (sentence: string) => void process.stderr.write(`${printable(sentence)}\n`)
  if (what === 'too many blobs unknown')
    say(
      `${count} contents that lie there are unknown to this database, more than it uses. They are left alone: they seem to belong to another one. Look whether --database and --blobs belong together.`,
    )
  if (what === 'blob not removed')
    say(`Content ${key} could not be removed now: ${cause instanceof Error ? cause.message : cause}`)
}
