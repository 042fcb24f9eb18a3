import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { askForToken, type Issued } from './ask-for-token.ts'
import { askHost } from './ask-host.ts'
import { CommandError, usageError } from './command-error.ts'
import { addConfigFlags, configOf, type Flags } from './config-flags.ts'
import { hostOf, pathIn, type RunningHost, runningHost } from './running-host.ts'
import { columns } from './text.ts'

interface TokenFlags extends Flags {
  readonly user?: string
  readonly client?: string
  readonly ttl?: string
  readonly data?: string
  readonly config?: string
}

interface Wishes {
  readonly view?: boolean
  readonly json?: boolean
  readonly revoke?: string
}

const help = `
A token is bound to no client unless --client names one: requests with it then
need no signature. With --client, they must carry that client's if it publishes
keys. The action URL is that of the client named, or else of the first that
opens such files.`

/** `openwopi token`: what a WOPI client needs to open a file; and taking a token back. */
export function token(program: Command): void {
  const command = program
    .command('token')
    .summary('Print what a WOPI client needs to open a file.')
    .description('Prints the WOPISrc and a new access token for a file of a host that runs on this machine.')
    .argument('[FILE]', 'The file; its name may end in anything. With --revoke, it only tells which host is meant.')
    .option('--user <NAME>', 'Whom the token is for. (default: the first owner)')
    .option('--view', 'Make a token that reads only.')
    .option('--ttl <SECONDS>', 'How long it is valid. (default: as the host says)')
    .option('--client <NAME>', 'Bind it to a configured client. (default: it is bound to none)')
    .option('--json', 'Print one JSON object.')
    .option('--revoke <TOKEN>', 'Take a token back instead; - reads it from standard input.')
    .addHelpText('after', help)
  addConfigFlags(command, ['data']).action(async (file: string | undefined, flags: TokenFlags & Wishes) => {
    if (flags.revoke !== undefined) await revoke(file, flags.revoke, flags)
    else await issue(file, flags)
  })
}

async function issue(file: string | undefined, flags: TokenFlags & Wishes): Promise<void> {
  if (file === undefined) throw usageError('Missing required argument \'FILE\'. See "openwopi token --help".')
  const ttl = secondsOf(flags.ttl)
  const host = await findHost(file, flags)
  const issued = await askForToken(host, {
    path: await findPath(host, file),
    ...(flags.user !== undefined && { user: flags.user }),
    ...(flags.client !== undefined && { client: flags.client }),
    ...(ttl !== undefined && { ttl }),
    view: flags.view === true,
  })
  process.stdout.write(`${flags.json ? JSON.stringify(issued) : asText(issued)}\n`)
}

/** Without a file, the host is the one of the present folder. */
async function revoke(file: string | undefined, given: string, flags: TokenFlags): Promise<void> {
  const accessToken = given === '-' ? (await text(process.stdin)).trim() : given
  await askHost(await findHost(file, flags), 'revoke', { accessToken })
  process.stdout.write('The token is worth nothing any more.\n')
}

function secondsOf(ttl: string | undefined): number | undefined {
  if (ttl === undefined) return undefined
  if (!/^[1-9]\d{0,8}$/.test(ttl)) throw usageError(`--ttl must be a whole number of seconds. It is "${ttl}".`)
  return Number(ttl)
}

async function findHost(file: string | undefined, flags: TokenFlags): Promise<RunningHost> {
  const { dataFolder } = configOf(undefined, { data: flags.data, config: flags.config })
  const near = flags.data === undefined ? await hostOf(resolve(file ?? '.')) : undefined
  const host = near ?? (await runningHost(dataFolder))
  if (host) return host
  const where = flags.data === undefined ? `serves ${resolve(file ?? '.')}` : `runs with the data folder ${dataFolder}`
  throw new CommandError(
    `No host ${where}. Start one with "openwopi serve DIR"; if it runs, name its data folder with --data.`,
  )
}

/** The file as the shell sees it, or as the host does. */
async function findPath(host: RunningHost, file: string): Promise<string> {
  if (resolve(file) === host.folder) throw new CommandError(`${file} is the folder that is served. Name a file in it.`)
  const path = (await pathIn(host, resolve(file))) ?? (await pathIn(host, resolve(host.folder, file)))
  if (path !== undefined) return path
  throw new CommandError(`${file} does not lie in ${host.folder}, which is what the host serves.`)
}

function asText({ wopiSrc, accessToken, accessTokenTtl, actionUrl }: Issued): string {
  return columns([
    ['WOPISrc', wopiSrc],
    ['Access token', accessToken],
    ['Valid until', `${accessTokenTtl} (${new Date(accessTokenTtl).toISOString()})`],
    ['Action URL', actionUrl ?? 'none: no configured client opens such files'],
  ])
}
