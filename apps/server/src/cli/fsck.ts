import type { Fault, SqlStorage } from '@openwopi/storage-sql'
import type { Command } from 'commander'
import { CommandError, usageError } from './command-error.ts'
import { configOf, type Flags } from './config-flags.ts'
import { duration } from './config-values.ts'
import { faultSentence } from './fault-sentence.ts'
import { aboutDatabase, withKeptFiles } from './kept-files.ts'
import { sweptAway, tellUnreferenced } from './left-over.ts'
import { printable, sizeText } from './text.ts'

type FsckFlags = Flags & { readonly quick?: boolean; readonly repair?: boolean; readonly grace: string }

/** `openwopi fsck`: whether a database and the contents of its files are whole. */
export function fsck(program: Command): void {
  const command = program
    .command('fsck')
    .summary('Check a database and the contents of its files.')
    .description(
      'Checks the files in a database: each content against its hash, and everything that refers to something else. Lists the contents that nothing refers to, too, which are no fault. People may go on working. Exits with 0 if nothing is wrong any more, else with 1.',
    )
    .option('--quick', 'Look only whether each content is there, without reading it.')
    .option('--repair', 'Repair what can be, and remove contents that nothing has referred to for longer than --grace.')
    .option('--grace <TIME>', 'For how long what nothing refers to is left alone.', '7d')
  aboutDatabase(command).action(async (flags: FsckFlags) => {
    const grace = duration.safeParse(flags.grace)
    if (!grace.success) throw usageError(`--grace must be ${grace.error.issues[0]?.message}.`)
    await withKeptFiles(configOf(undefined, flags), async (files) => {
      const look = flags.repair === true ? sweptAway : tellUnreferenced
      const left = await finished(async () => {
        const left = await check(files, flags)
        await look(files, grace.data)
        return left
      })
      if (left > 0) process.exitCode = 1
    })
  })
}

/** How many faults are left. */
async function check(files: SqlStorage, { quick = false, repair = false }: FsckFlags): Promise<number> {
  let [checked, bytes, found, left] = [0, 0, 0, 0]
  const onChecked = (size: number) => {
    checked++
    bytes += size
    if (process.stderr.isTTY && checked % 100 === 0) process.stderr.write(`${clearLine}${soFar(checked, bytes)}`)
  }
  for await (const fault of files.fsck({ isQuick: quick, repairs: repair, onChecked })) {
    found++
    if (fault.repair !== 'done') left++
    tell(fault)
  }
  if (process.stderr.isTTY) process.stderr.write(clearLine)
  process.stdout.write(
    `${soFar(checked, bytes)}: ${found === 0 ? 'nothing is wrong' : `${found} wrong, ${left} left`}.\n`,
  )
  return left
}

/** A store that cannot be asked has nothing wrong: it is said that nobody knows. */
async function finished<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandError(`The check could not be finished: ${why}`, 1, { cause: error })
  }
}

const clearLine = '\r\u001b[K'

const soFar = (count: number, bytes: number): string =>
  `${count.toLocaleString('en')} contents checked${bytes > 0 ? `, ${sizeText(bytes)} read` : ''}`

function tell(fault: Fault): void {
  if (process.stderr.isTTY) process.stderr.write(clearLine)
  process.stdout.write(`${printable(faultSentence(fault))}\n`)
}
