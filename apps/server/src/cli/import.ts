import type { SqlStorage } from '@openwopi/storage-sql'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { bringIn } from '../moving/bring-in.ts'
import { exportFolder } from '../moving/moved.ts'
import { isBrokenExport, isExport, readExport } from '../moving/read-export.ts'
import { bringInRecords } from '../moving/records.ts'
import { walk } from '../moving/walk.ts'
import { checkPlaces } from './check-places.ts'
import { CommandError } from './command-error.ts'
import { configOf, type Flags } from './config-flags.ts'
import { explainStart } from './explain-start.ts'
import { aboutDatabase, withKeptFiles, withStateRecords } from './kept-files.ts'
import { moveProgress } from './move-progress.ts'

/** `openwopi import`: from a folder into a database. */
export function importFiles(program: Command): void {
  const command = program
    .command('import')
    .summary('Bring a folder into a database.')
    .description(
      'Brings a folder that was served, or was written by "openwopi export", into a database: files and folders with their ids, authors and earlier versions, and of an export the trash, links, comments, people and keys too. Run again, it goes on where it was, adds what was saved in the folder since, and leaves alone what was saved in the database.',
    )
    .argument('[DIR]', 'The folder. (default: .)')
  aboutDatabase(command).action(async (folder: string | undefined, flags: Flags) => {
    const config = configOf(folder, flags)
    await checkPlaces({ folder: config.folder })
    // As ordinary files they would come in under other ids, without what they were before.
    if (isBrokenExport(config.folder))
      throw new CommandError(
        `The export into ${config.folder} has not come to its end. Run "openwopi export" again, or remove ${exportFolder} there to bring in no more than its files.`,
      )
    await withKeptFiles(config, (files) => bring(config, files))
  })
}

async function bring(config: Config, { adopt, about }: SqlStorage): Promise<void> {
  const { report, end } = moveProgress()
  if (isExport(config.folder)) {
    await bringIn(readExport(config.folder), adopt, report)
    await withStateRecords(config, (state) => bringInRecords(config.folder, [about, state], report))
  } else {
    const served = await openServed(config)
    await bringIn(walk(served), adopt, report).finally(() => served.close())
  }
  end()
}

/** Its ids and versions are those in its data folder, which is made where it was never served. */
async function openServed(config: Config) {
  // Loaded here only: the other commands start without it.
  const { folderStorage } = await import('@openwopi/storage-folder')
  try {
    const { folder, dataFolder, keepVersions } = config
    return await folderStorage({ folder, dataFolder, keepVersions })
  } catch (error) {
    throw explainStart(error, config)
  }
}
