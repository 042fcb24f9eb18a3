import type { Command } from 'commander'
import { secretNames } from '../secure-store/secret-names.ts'
import { personId } from '../sign-in/person.ts'
import { openStateDatabase, type StatePlace, withUsers } from '../state/open-state.ts'
import { isSameName, isUserName, type KnownUser, type Users } from '../users.ts'
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
    .action((name: string, folder: string | undefined, flags: AddFlags) =>
      onUsers(folder, flags, (users) => add(name, users, flags)),
    )
  onFolder(users.command('remove').argument('<NAME>', 'The name to take away.'))
    .description('Takes away the right to sign in.')
    .action((name: string, folder: string | undefined, flags: Flags) =>
      onUsers(folder, flags, (users, place) => remove(name, users, place)),
    )
  onFolder(users.command('list'))
    .description('Lists who may sign in.')
    .action((folder: string | undefined, flags: Flags) => onUsers(folder, flags, list))
}

type AddFlags = Flags & { readonly owner?: boolean; readonly passwordStdin?: boolean }

const onFolder = (command: Command): Command =>
  addConfigFlags(command.argument('[DIR]', 'The folder that is served. (default: .)'), ['data', 'database'])

/** Does `work` on the users of what `openwopi serve` would serve. */
async function onUsers(
  folder: string | undefined,
  flags: Flags,
  work: (users: Users, place: StatePlace) => Promise<void>,
): Promise<void> {
  const config = configOf(folder, flags)
  await checkPlaces(config)
  await withUsers(config, (users) => work(users, config))
}

async function add(name: string, users: Users, flags: AddFlags): Promise<void> {
  if (!isUserName(name)) throw usageError('A name has 1 to 64 characters, without line breaks or spaces at its ends.')
  const other = await users.find(name)
  if (other) throw taken(other.name)
  const password = await newPassword(name, flags.passwordStdin === true)
  const added = await users.add({ name, password, isOwner: flags.owner === true })
  if (!added) throw taken(name)
  process.stdout.write(`${added.name} can sign in now${added.isOwner ? ', as an owner' : ''}.\n`)
}

const taken = (name: string) =>
  new CommandError(`There is a user ${name} already. Remove that one first: openwopi user remove ${name}`)

async function remove(name: string, users: Users, place: StatePlace): Promise<void> {
  const everyone = await users.all()
  await checkIsNotTheLast(name, everyone, place)
  const gone = await users.remove(name)
  if (!gone) {
    const names = everyone.map((each) => each.name)
    throw new CommandError(`There is no user ${name}.${didYouMean(name, names)}`)
  }
  process.stdout.write(`${gone.name} cannot sign in any more.\n`)
  await remindOfSecrets(gone.name, place)
}

/** Whoever is added under the same name would be given them. */
async function remindOfSecrets(name: string, place: StatePlace): Promise<void> {
  const { db, close } = await openStateDatabase(place)
  const all = await secretNames(db).all().finally(close)
  const kept = all.filter(({ userId }) => userId === personId(name))
  if (kept.length === 0) return
  const applications = kept.map(({ applicationId }) => printable(applicationId)).join(', ')
  process.stderr.write(
    `Credentials of ${name} are still kept: ${applications}. "openwopi secret remove" takes them away.\n`,
  )
}

/** Refuses to take away the only one who could break a lock, or the only one that a running host asks to sign in. */
async function checkIsNotTheLast(name: string, users: readonly KnownUser[], { dataFolder }: StatePlace): Promise<void> {
  const others = users.filter((each) => !isSameName(each.name, name))
  if (others.length === users.length) return
  if (others.length > 0 && !others.some(({ isOwner }) => isOwner)) {
    throw new CommandError(`${name} is the only owner. Add another one first: openwopi user add NAME --owner`)
  }
  if (others.length === 0 && (await runningHost(dataFolder))?.isAlive) {
    throw new CommandError(`Without ${name}, the host that runs would let everybody in. Stop it first.`)
  }
}

async function list(users: Users): Promise<void> {
  const everyone = await users.all()
  if (everyone.length === 0)
    process.stderr.write('Nobody yet: whoever reaches the server from this machine needs no password.\n')
  else process.stdout.write(`${columns(everyone.map(({ name, isOwner }) => [name, isOwner ? 'owner' : '']))}\n`)
}
