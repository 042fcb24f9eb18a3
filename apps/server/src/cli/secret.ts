import type { User } from '@openwopi/host'
import type { Command } from 'commander'
import { newKey } from '../secure-store/new-key.ts'
import { readKeyRing } from '../secure-store/read-key-ring.ts'
import { localPerson, personId } from '../sign-in/person.ts'
import { type StatePlace, withUsers } from '../state/open-state.ts'
import { isSameName, isUserName } from '../users.ts'
import { CommandError, usageError } from './command-error.ts'
import { addConfigFlags, type Flags } from './config-flags.ts'
import { didYouMean } from './nearest.ts'
import { askedPassword } from './password.ts'
import { onSecrets } from './secret-folder.ts'
import { columns, printable } from './text.ts'

const help = `
Documents of some clients fetch data from elsewhere, and ask for the credentials
for that by the id of an application. They are sealed with the first key of
--secure-store-key-file, and the key is kept apart from the data folder.`

/** `openwopi secret`: the credentials with which documents fetch data from elsewhere. */
export function secret(program: Command): void {
  const secrets = program
    .command('secret')
    .summary('Put, list and remove credentials that documents fetch data with.')
    .description('The credentials with which documents fetch data from elsewhere. Their passwords are never printed.')
    .addHelpText('after', help)
  secrets
    .command('new-key')
    .argument('<FILE>', 'The key file. If it is there, the new key is put before the keys that it holds.')
    .description('Makes a key that credentials are sealed with from then on.')
    .action(makeKey)
  onFolder(secrets.command('put').argument('<APPLICATION>', 'The id by which documents ask for them.'))
    .description('Keeps credentials for one user, in place of those that were kept.')
    .requiredOption('--login <LOGIN>', 'The user name of the credentials.')
    .option('--user <NAME>', 'The user of this server who may have them. (default: the first owner)')
    .option('--windows', 'They are of a Windows account.')
    .option('--group', 'They stand for a group and not for one person.')
    .option('--password-stdin', 'Read the password from standard input instead of asking for it.')
    .action(put)
  onFolder(secrets.command('remove').argument('<APPLICATION>', 'The id by which documents ask for them.'))
    .description('Takes credentials away.')
    .option('--user <NAME>', 'The user whose they are. (default: the first owner)')
    .action(remove)
  onFolder(secrets.command('list')).description('Lists whose credentials are kept, by application.').action(list)
  onFolder(secrets.command('reseal'))
    .description('Seals all credentials anew with the first key, so that the other keys are not needed any more.')
    .action(reseal)
}

const onFolder = (command: Command): Command =>
  addConfigFlags(command.argument('[DIR]', 'The folder that is served. (default: .)'), [
    'data',
    'database',
    'secure-store-key-file',
  ])

interface UserFlags extends Flags {
  readonly user?: string
}

interface PutFlags {
  readonly login: string
  readonly windows?: boolean
  readonly group?: boolean
  readonly passwordStdin?: boolean
}

async function makeKey(path: string): Promise<void> {
  const count = await newKey(path).catch((error: Error) => {
    throw new CommandError(error.message, 1, { cause: error })
  })
  const rest =
    count === 1
      ? 'Keep a copy of it: without it, what is sealed with it is lost.'
      : 'It seals from the next start on. "openwopi secret reseal" seals anew what the others have sealed.'
  process.stdout.write(`${path} holds a new key${count === 1 ? '' : `, and ${count - 1} before it`}. ${rest}\n`)
}

const put = (applicationId: string, folder: string | undefined, flags: UserFlags & PutFlags): Promise<void> =>
  onSecrets(folder, flags, async ({ config, secrets }) => {
    checkApplication(applicationId)
    if (flags.login.length > mostCharacters) throw usageError(`A login has at most ${mostCharacters} characters.`)
    const user = await whose(config, flags.user)
    const store = await secrets()
    const password = await askedPassword(flags.login, flags.passwordStdin === true)
    await store.put(applicationId, user, {
      userName: flags.login,
      password,
      ...(flags.windows && { isWindows: true }),
      ...(flags.group && { isGroup: true }),
    })
    process.stdout.write(
      `Documents that ${user.name} opens get these credentials for ${printable(applicationId)} now.\n`,
    )
  })

const remove = (applicationId: string, folder: string | undefined, flags: UserFlags): Promise<void> =>
  onSecrets(folder, flags, async ({ config, names }) => {
    const mine = (await names.all()).filter((name) => name.applicationId === applicationId)
    // Also those of someone who is no user any more can be taken away.
    const found = mine.find(({ userName }) => flags.user !== undefined && isSameName(userName, flags.user))
    const user = found ? { id: found.userId, name: found.userName } : await whose(config, flags.user)
    if (!(await names.remove(applicationId, user.id)))
      throw new CommandError(
        `None are kept for ${printable(applicationId)} and ${user.name}. "openwopi secret list" lists those that are.`,
      )
    process.stdout.write(`The credentials of ${user.name} for ${printable(applicationId)} are gone.\n`)
  })

const list = (folder: string | undefined, flags: Flags): Promise<void> =>
  onSecrets(folder, flags, async ({ config, names }) => {
    const kept = await names.all()
    const ring = await readKeyRing(config)
    const state = (keyId: string) => (ring && !ring.find(keyId) ? 'sealed with a key that is not configured' : '')
    if (kept.length === 0) process.stderr.write('None are kept.\n')
    else
      process.stdout.write(
        `${columns(kept.map(({ applicationId, userName, keyId }) => [printable(applicationId), userName, state(keyId)]))}\n`,
      )
  })

const reseal = (folder: string | undefined, flags: Flags): Promise<void> =>
  onSecrets(folder, flags, async ({ secrets }) => {
    const count = await (await secrets()).reseal()
    process.stdout.write(`${count} were sealed anew. The keys behind the first one are not needed any more.\n`)
  })

/** Characters of ids and logins. Clients send ids as headers. */
const mostCharacters = 256

function checkApplication(applicationId: string): void {
  if (!/^[!-~]([ -~]{0,254}[!-~])?$/.test(applicationId))
    throw usageError('The id of an application has 1 to 256 ASCII characters, without spaces at its ends.')
}

/** The user called so, or the first owner. Where nobody signs in, there is one for whom no name is needed. */
async function whose(place: StatePlace, name: string | undefined): Promise<User> {
  const users = await withUsers(place, (kept) => kept.all())
  if (users.length === 0) return name === undefined ? localPerson() : byName(name)
  const found = users.find((user) => (name === undefined ? user.isOwner : isSameName(user.name, name)))
  if (found) return byName(found.name)
  const names = users.map((user) => user.name)
  throw new CommandError(
    name === undefined
      ? 'None of the users is an owner. Name one with --user.'
      : `There is no user ${name}.${didYouMean(name, names)}`,
  )
}

/** The one whom an authorization server may name, even where this server knows nobody. */
function byName(name: string): User {
  if (!isUserName(name)) throw usageError('A name has 1 to 64 characters, without line breaks or spaces at its ends.')
  return { id: personId(name), name: name.normalize('NFC') }
}
