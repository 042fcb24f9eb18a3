import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { nextFreeNames, repairName } from '@openwopi/host'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import type { FailedSave } from '../spool/failed-save.ts'
import { spoolOf } from '../spool/open-spool.ts'
import type { LockedSave, Spool } from '../spool/spool.ts'
import { CommandError, usageError } from './command-error.ts'
import { addConfigFlags, configOf, type Flags } from './config-flags.ts'
import { type Recovering, withRecovery } from './recovering.ts'
import { describeElsewhere, savesElsewhere } from './saves-elsewhere.ts'
import { columns, printable, sizeText } from './text.ts'

type RecoverFlags = Flags & {
  readonly list?: boolean
  readonly to?: string
  readonly apply?: boolean
  readonly discard?: boolean
  readonly only?: string
}

/** `openwopi recover`: what becomes of saves that could not be stored. */
export function recover(program: Command): void {
  const command = program
    .command('recover')
    .summary('Recover saves that could not be stored.')
    .description(
      'Lists the saves that this machine put aside because they could not be stored, and recovers them. Without a flag it lists them, and those that wait on other servers of the database where that can be asked. --list and --to need neither the server nor its database.',
    )
    .argument('[DIR]', 'The folder that is served. (default: .)')
    .option('--list', 'Print what there is, the latest first.')
    .option('--to <DIR>', 'Write each into a folder, as a file of its own.')
    .option('--apply', 'Make each the newest version of its file, or a copy beside it where somebody has changed that.')
    .option('--discard', 'Remove them for good.')
    .option('--only <ID>', 'Only the one with this id, as it is listed.')
  addConfigFlags(command, ['data', 'database', 'blobs', 'spool']).action(run)
}

async function run(folder: string | undefined, { list, to, apply, discard, only, ...flags }: RecoverFlags) {
  if ([to !== undefined, apply, discard, list].filter(Boolean).length > 1)
    throw usageError('Choose one of --list, --to, --apply and --discard.')
  const config = configOf(folder, flags)
  const spool = await spoolOf(config)
  if (!spool) throw usageError('The spool is off: nothing is put aside. Name its folder with --spool.')
  const all = await spool.list()
  const saves = only === undefined ? all : all.filter(({ id }) => id === only)
  if (only !== undefined && saves.length === 0) throw new CommandError(`There is no save ${only}.`)
  if (to !== undefined) await writeOut(spool, saves, to)
  else if (apply || discard) await each(config, saves, (one) => (apply ? one.apply : one.discard))
  else {
    print(saves)
    if (only === undefined) await printElsewhere(config, all)
  }
}

/** What waits on this machine is said, whether or not anybody knows of others. */
async function printElsewhere(config: Config, here: readonly { readonly id: string }[]): Promise<void> {
  const ids = new Set(here.map(({ id }) => id))
  const others = await savesElsewhere(config, ids).catch((error: unknown) => {
    process.stderr.write(`${printable(`What waits on other servers is not known: ${reasonOf(error)}`)}\n`)
    return []
  })
  if (others.length > 0) process.stdout.write(describeElsewhere(others))
}

function print(saves: readonly (FailedSave | LockedSave)[]): void {
  if (saves.length === 0) process.stdout.write('No save waits to be recovered on this machine.\n')
  else process.stdout.write(`${columns(saves.map(rowOf))}\n`)
  if (saves.some((save) => 'problem' in save)) process.exitCode = 1
}

const rowOf = (save: FailedSave | LockedSave): string[] =>
  'problem' in save
    ? [save.id, save.problem]
    : [
        save.id,
        new Date(save.at).toISOString(),
        sizeText(save.size),
        printable(save.user.name),
        printable(nameOf(save)),
      ]

const nameOf = ({ name, fileId }: FailedSave): string => name ?? `the file ${fileId}`

/** Each is written whole or not at all, and stays in the spool. */
async function writeOut(spool: Spool, saves: readonly (FailedSave | LockedSave)[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const save of saves) {
    if ('problem' in save) complain(save.problem)
    else
      await writeOne(spool, save, folder).then(
        (name) => process.stdout.write(`${printable(name)}\n`),
        (error: unknown) => complain(`The save ${save.id} was not written: ${reasonOf(error)}`),
      )
  }
}

async function writeOne(spool: Spool, save: FailedSave, folder: string): Promise<string> {
  const wanted = repairName(save.name ?? `${save.fileId ?? 'document'}`)
  for (const name of nextFreeNames(wanted)) {
    const path = join(folder, name)
    try {
      await pipeline(spool.read(save), createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
      return name
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (isTaken) continue
      await rm(path, { force: true })
      throw error
    }
  }
  throw new Error(`there is no free name for ${wanted}`)
}

async function each(
  config: Config,
  saves: readonly (FailedSave | LockedSave)[],
  deed: (recovering: Recovering) => (save: FailedSave | LockedSave) => Promise<string>,
): Promise<void> {
  if (saves.length === 0) return print(saves)
  await withRecovery(config, async (recovering) => {
    for (const save of saves)
      await deed(recovering)(save).then(
        (sentence) => process.stdout.write(`${printable(sentence)}\n`),
        (error: unknown) => complain(`The save ${save.id} stays where it is: ${reasonOf(error)}`),
      )
  })
}

function complain(sentence: string): void {
  process.stderr.write(`${printable(sentence)}\n`)
  process.exitCode = 1
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
