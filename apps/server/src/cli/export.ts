import type { Command } from 'commander'
import { exportFolder } from '../moving/moved.ts'
import { takeOut } from '../moving/take-out.ts'
import { walk } from '../moving/walk.ts'
import { configOf, type Flags } from './config-flags.ts'
import { fileFailure, isFileFailure } from './file-failure.ts'
import { aboutDatabase, withKeptFiles } from './kept-files.ts'
import { moveProgress } from './move-progress.ts'

/** `openwopi export`: out of a database, into ordinary files. */
export function exportFiles(program: Command): void {
  const command = program
    .command('export')
    .summary('Write what is in a database to a folder.')
    .description(
      `Writes the files in a database to a folder of ordinary files, and their ids, authors and earlier versions beside them in ${exportFolder}. Each content is compared with its hash. Run again, it writes what has changed, and leaves alone what else is in the folder.`,
    )
    .argument('<DIR>', 'The folder; made if it is not there.')
  aboutDatabase(command).action(async (to: string, flags: Flags) => {
    await withKeptFiles(configOf(undefined, flags), async (files) => {
      const { report, end } = moveProgress()
      await takeOut(walk(files), to, report).catch((error: unknown) => {
        throw isFileFailure(error) ? fileFailure(to, 'written', error) : error
      })
      end()
    })
  })
}
