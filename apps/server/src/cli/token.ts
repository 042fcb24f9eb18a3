import { resolve } from 'node:path'
import type { Command } from 'commander'
import { askForToken, type Issued } from './ask-for-token.ts'
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
}

/** `openwopi token`: what a WOPI client needs to open a file. */
export function token(program: Command): void {
  const command = program
    .command('token')
    .summary('Print what a WOPI client needs to open a file.')
    .description('Prints the WOPISrc and a new access token for a file of a host that runs on this machine.')
    .argument('<FILE>', 'The file; its name may end in anything.')
    .option('--user <NAME>', 'Whom the token is for. (default: the first owner)')
    .option('--view', 'Make a token that reads only.')
    .option('--ttl <SECONDS>', 'How long it is valid. (default: as the host says)')
    .option('--client <NAME>', 'Which of the configured clients it is for. (default: the one that opens such files)')
    .option('--json', 'Print one JSON object.')
  addConfigFlags(command, ['data']).action(async (file: string, flags: TokenFlags & Wishes) => {
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
  })
}

function secondsOf(ttl: string | undefined): number | undefined {
  if (ttl === undefined) return undefined
  if (!/^[1-9]\d{0,8}$/.test(ttl)) throw usageError(`--ttl must be a whole number of seconds. It is "${ttl}".`)
  return Number(ttl)
}

async function findHost(file: string, flags: TokenFlags): Promise<RunningHost> {
  const { dataFolder } = configOf(undefined, { data: flags.data, config: flags.config })
  const near = flags.data === undefined ? await hostOf(resolve(file)) : undefined
  const host = near ?? (await runningHost(dataFolder))
  if (host) return host
  const where = flags.data === undefined ? `serves ${resolve(file)}` : `runs with the data folder ${dataFolder}`
  throw new CommandError(
    `No host ${where}. Start one with "openwopi serve DIR"; if it runs, name its data folder with --data.`,
  )
}

/** The file as the shell sees it, or as the host does. */
async function findPath(host: RunningHost, file: string): Promise<string> {
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
