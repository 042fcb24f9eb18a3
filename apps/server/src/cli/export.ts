import type { Command } from 'commander'
import { exportFolder } from '../moving/moved.ts'
import { takeOutRecords } from '../moving/records.ts'
import { takeOut } from '../moving/take-out.ts'
import { walk } from '../moving/walk.ts'
import { configOf, type Flags } from './config-flags.ts'
import { fileFailure, isFileFailure } from './file-failure.ts'
import { aboutDatabase, withKeptFiles, withStateRecords } from './kept-files.ts'
import { moveProgress } from './move-progress.ts'

/** `openwopi export`: out of a database, into ordinary files. */
export function exportFiles(program: Command): void {
  const command = program
    .command('export')
    .summary('Write what is in a database to a folder.')
    .description(
      `Writes the files in a database to a folder of ordinary files, and beside them in ${exportFolder} what such files cannot say: ids, authors, earlier versions, the trash, links, comments, people and keys. Each content is compared with its hash. Run again, it writes what has changed, and leaves alone what else is in the folder.`,
    )
    .argument('<DIR>', 'The folder; made if it is not there.')
  aboutDatabase(command).action(async (to: string, flags: Flags) => {
    const config = configOf(undefined, flags)
    await withKeptFiles(config, async (files) => {
      const { report, end } = moveProgress()
      await withStateRecords(config, async (state) => {
        await takeOutRecords([files.about, state], to, report)
        await takeOut(walk(files), to, report)
      }).catch((error: unknown) => {
        throw isFileFailure(error) ? fileFailure(to, 'written', error) : error
      })
      end()
    })
  })
}
