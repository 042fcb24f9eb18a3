import { type App, type Discovery, type ProofKeys, type PublicKey, pairsOf } from '@openwopi/protocol'
import type { Command } from 'commander'
import { fetchDiscovery } from '../clients/fetch-discovery.ts'
import { CommandError, usageError } from './command-error.ts'
import { discoveryUrl } from './config-values.ts'
import { columns, printable, wrapped } from './text.ts'

const patience = 15_000

/** `openwopi discovery`: what a WOPI client can do. */
export function discovery(program: Command): void {
  program
    .command('discovery')
    .summary('Show what a WOPI client can do.')
    .description('Shows what a WOPI client can do with which files, and whether it signs its requests.')
    .argument('<URL>', 'The discovery URL of the client, or only its origin.')
    .option('--json', 'Print everything as one JSON object.')
    .action(async (raw: string, flags: { readonly json?: boolean }) => {
      const url = discoveryUrl(raw)
      if (url === undefined)
        throw usageError(`"${raw}" is not an address such as http://127.0.0.1:9980/hosting/discovery.`)
      const found = await read(url)
      process.stdout.write(`${flags.json ? JSON.stringify(found, undefined, 2) : asText(url, found)}\n`)
    })
}

async function read(url: string): Promise<Discovery> {
  try {
    return (await fetchDiscovery(url, patience)).discovery
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`${url} could not be read: ${why}. Check the address, and that the client is running.`, 1, {
      cause,
    })
  }
}

/** Per zone and app, which files it does what with; then the keys. */
function asText(url: string, { zones, proofKeys }: Discovery): string {
  const parts = zones.map(({ name, apps }) => {
    const rows = apps.flatMap(rowsOf)
    return `Zone ${printable(name)}\n\n${columns([['  App', 'Does', 'With'], ...rows])}`
  })
  return [printable(url), ...parts, keysText(proofKeys), '* is what it does where nothing else is asked for.'].join(
    '\n\n',
  )
}

/** Files that an app does the same with stand together. */
function rowsOf({ name, actions }: App): string[][] {
  const byActions = new Map<string, string[]>()
  for (const [file, does] of actionsByFile(actions)) byActions.set(does, [...(byActions.get(does) ?? []), file])
  const rows = [...byActions].flatMap(([does, files]) =>
    wrapped(files, widest).map((line, i) => [i === 0 ? printable(does) : '', printable(line)]),
  )
  return rows.map((row, i) => [i === 0 ? `  ${printable(name)}` : '', ...row])
}

function actionsByFile(actions: App['actions']): Map<string, string> {
  const byFile = new Map<string, Set<string>>()
  for (const action of actions) {
    const file = action.ext ? `.${action.ext}` : (action.progid ?? '(no file)')
    const names = byFile.get(file) ?? new Set()
    byFile.set(file, names.add(action.default ? `${action.name}*` : action.name))
  }
  return new Map([...byFile].map(([file, names]) => [file, [...names].join(', ')]))
}

/** Characters; what is before takes as many again. */
const widest = 36

function keysText(keys: ProofKeys | undefined): string {
  if (!keys) return 'Proof keys: none, so its requests cannot be told from forged ones.'
  const old = keys.old ? `, and an old one of ${bitsOf(keys.old)} bits` : ''
  const more = pairsOf(keys).length - 1
  const others = more > 0 ? `; ${more} more ${more === 1 ? 'machine has' : 'machines have'} keys of their own` : ''
  return `Proof keys: a current one of ${bitsOf(keys.current)} bits${old}${others}.`
}

const bitsOf = ({ modulus }: PublicKey): number =>
  Buffer.from(modulus, 'base64')
    .toString('hex')
    .replace(/^(00)+/, '').length * 4
