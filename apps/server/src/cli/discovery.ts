import type { App, Discovery, ProofKeys, PublicKey } from '@openwopi/protocol'
import type { Command } from 'commander'
import { fetchDiscovery } from '../discovery/fetch-discovery.ts'
import { CommandError, usageError } from './command-error.ts'
import { discoveryUrl } from './config-values.ts'
import { columns, printable } from './text.ts'

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

/** Per zone and app, the actions for each extension; then the keys. */
export function asText(url: string, { zones, proofKeys }: Discovery): string {
  const parts = zones.map(({ name, apps }) => [`Zone ${printable(name)}`, '', columns(apps.flatMap(rowsOf))].join('\n'))
  const none = 'It opens nothing.'
  return [printable(url), ...(parts.length === 0 ? [none] : parts), keysText(proofKeys)].join('\n\n')
}

function rowsOf({ name, actions }: App): string[][] {
  const byFile = new Map<string, string[]>()
  for (const action of actions) {
    const file = action.ext ? `.${action.ext}` : (action.progid ?? '(any)')
    const said = action.default ? `${action.name}*` : action.name
    byFile.set(file, [...(byFile.get(file) ?? []), said])
  }
  const rows = [...byFile].map(([file, names]) => ['', printable(file), printable([...new Set(names)].join(', '))])
  return rows.map((row, i) => [i === 0 ? `  ${printable(name)}` : '', ...row.slice(1)])
}

function keysText(keys: ProofKeys | undefined): string {
  if (!keys) return 'Proof keys: none, so its requests cannot be told from forged ones.'
  const old = keys.old ? `, and an old one of ${bitsOf(keys.old)} bits` : ''
  return `Proof keys: a current one of ${bitsOf(keys.current)} bits${old}.\n* is what happens when a file is opened and nothing else is said.`
}

const bitsOf = ({ modulus }: PublicKey): number =>
  Buffer.from(modulus, 'base64')
    .toString('hex')
    .replace(/^(00)+/, '').length * 4
