import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { secretNames } from '../secure-store/secret-names.ts'
import { personId } from '../sign-in/people.ts'
import { openStateDatabase } from '../state/open-state.ts'
import { addUser, isSameName, isUserName, type KnownUser, readUsers, removeUser } from '../users.ts'
import { checkPlaces } from './check-places.ts'
import { CommandError, usageError } from './command-error.ts'
import { addConfigFlags, configOf, type Flags } from './config-flags.ts'
import { didYouMean } from './nearest.ts'
import { newPassword } from './password.ts'
import { runningHost } from './running-host.ts'
import { columns, printable } from './text.ts'

/** `openwopi user`: who may sign in. */
export function user(program: Command): void {
  const users = program
    .command('user')
    .summary('Add, remove and list the people who may sign in.')
    .description('The people who may sign in.')
  onFolder(users.command('add').argument('<NAME>', 'The name to sign in with.'))
    .description('Adds someone who may sign in. The first one is the owner.')
    .option('--owner', 'Make this one an owner too, who may break locks.')
    .option('--password-stdin', 'Read the password from standard input instead of asking for it.')
    .action(async (name: string, folder: string | undefined, flags: AddFlags) =>
      add(name, await placeOf(folder, flags), flags),
    )
  onFolder(users.command('remove').argument('<NAME>', 'The name to take away.'))
    .description('Takes away the right to sign in.')
    .action(async (name: string, folder: string | undefined, flags: Flags) =>
      remove(name, await placeOf(folder, flags)),
    )
  onFolder(users.command('list'))
    .description('Lists who may sign in.')
    .action(async (folder: string | undefined, flags: Flags) => list(await placeOf(folder, flags)))
}

type AddFlags = Flags & { readonly owner?: boolean; readonly passwordStdin?: boolean }

const onFolder = (command: Command): Command =>
  addConfigFlags(command.argument('[DIR]', 'The folder that is served. (default: .)'), ['data'])

/** The data folder of what `openwopi serve` would serve. */
async function placeOf(folder: string | undefined, flags: Flags): Promise<string> {
  const config: Config = configOf(folder, flags)
  await checkPlaces(config)
  return config.dataFolder
}

async function add(name: string, dataFolder: string, flags: AddFlags): Promise<void> {
  if (!isUserName(name)) throw usageError('A name has 1 to 64 characters, without line breaks or spaces at its ends.')
  const other = (await readUsers(dataFolder)).find((each) => isSameName(each.name, name))
  if (other) throw taken(other.name)
  const password = await newPassword(name, flags.passwordStdin === true)
  const added = await addUser(dataFolder, { name, password, isOwner: flags.owner === true })
  if (!added) throw taken(name)
  process.stdout.write(`${added.name} can sign in now${added.isOwner ? ', as an owner' : ''}.\n`)
}

const taken = (name: string) =>
  new CommandError(`There is a user ${name} already. Remove that one first: openwopi user remove ${name}`)

async function remove(name: string, dataFolder: string): Promise<void> {
  const users = await readUsers(dataFolder)
  await checkIsNotTheLast(name, users, dataFolder)
  const gone = await removeUser(dataFolder, name)
  if (!gone) {
    const names = users.map((each) => each.name)
    throw new CommandError(`There is no user ${name}.${didYouMean(name, names)}`)
  }
  process.stdout.write(`${gone.name} cannot sign in any more.\n`)
  await remindOfSecrets(gone.name, dataFolder)
}

/** Whoever is added under the same name would be given them. */
async function remindOfSecrets(name: string, dataFolder: string): Promise<void> {
  const { db, close } = await openStateDatabase({ dataFolder })
  const all = await secretNames(db).all().finally(close)
  const kept = all.filter(({ userId }) => userId === personId(name))
  if (kept.length === 0) return
  const applications = kept.map(({ applicationId }) => printable(applicationId)).join(', ')
  process.stderr.write(
    `Credentials of ${name} are still kept: ${applications}. "openwopi secret remove" takes them away.\n`,
  )
}

/** Refuses to take away the only one who could break a lock, or the only one that a running host asks to sign in. */
async function checkIsNotTheLast(name: string, users: readonly KnownUser[], dataFolder: string): Promise<void> {
  const others = users.filter((each) => !isSameName(each.name, name))
  if (others.length === users.length) return
  if (others.length > 0 && !others.some(({ isOwner }) => isOwner)) {
    throw new CommandError(`${name} is the only owner. Add another one first: openwopi user add NAME --owner`)
  }
  if (others.length === 0 && (await runningHost(dataFolder))?.isAlive) {
    throw new CommandError(`Without ${name}, the host that runs would let everybody in. Stop it first.`)
  }
}

async function list(dataFolder: string): Promise<void> {
  const users = await readUsers(dataFolder)
  if (users.length === 0)
    process.stderr.write('Nobody yet: whoever reaches the server from this machine needs no password.\n')
  else process.stdout.write(`${columns(users.map(({ name, isOwner }) => [name, isOwner ? 'owner' : '']))}\n`)
}
