import { readFile } from 'node:fs/promises'
import type { Discovery } from '@openwopi/protocol'
import { findProof, type ProofFinding } from '@openwopi/protocol/find-proof'
import { fromTicks, readTicks } from '@openwopi/protocol/proof'
import type { Command } from 'commander'
import { fetchDiscovery, parse } from '../clients/fetch-discovery.ts'
import { type CapturedRequest, readCapturedRequest } from '../proof/captured-request.ts'
import { adviseOnProof } from '../proof/proof-advice.ts'
import { CommandError, usageError } from './command-error.ts'
import { discoveryUrl } from './config-values.ts'
import { fileFailure } from './file-failure.ts'
import { printable } from './text.ts'

interface ProofFlags {
  readonly discovery: string
  readonly request?: string
  readonly url?: string
  readonly token?: string
  readonly proof?: string
  readonly proofOld?: string
  readonly timestamp?: string
  readonly host?: readonly string[]
  readonly prefix?: readonly string[]
  readonly json?: boolean
}

const help = `
Either name a file with the request as it arrived, its first line and its headers
(curl -v and most proxies can write it down), or give its parts by themselves.
Nothing is sent anywhere but to the discovery URL. Ends with 1 unless the proof
holds as it is.`

const list = (value: string, before: readonly string[] = []) => [...before, value]

/** `openwopi doctor proof`: for which address and token a proof would have held. */
export function doctorProof(command: Command): void {
  command
    .command('proof')
    .summary('Find out why a proof does not hold.')
    .description('Finds out which key of a client has signed a request, and for which form of its address and token.')
    .requiredOption('--discovery <URL|FILE>', 'The discovery document of the client.')
    .option('--request <FILE>', 'The request as it arrived.')
    .option('--url <URL>', 'Its whole address, with its query.')
    .option('--token <TOKEN>', 'The access token. (default: the one in the address)')
    .option('--proof <TEXT>', 'The header X-WOPI-Proof.')
    .option('--proof-old <TEXT>', 'The header X-WOPI-ProofOld.')
    .option('--timestamp <NUMBER>', 'The header X-WOPI-TimeStamp.')
    .option('--host <NAME>', 'A host to try, with its port. Can be given several times.', list)
    .option('--prefix <PATH>', 'What a proxy may cut off paths, as /docs. Can be given several times.', list)
    .option('--json', 'Print one JSON object.')
    .addHelpText('after', help)
    .action(async (flags: ProofFlags) => {
      const request = await requestOf(flags)
      const { proofKeys } = await discoveryOf(flags.discovery)
      if (!proofKeys) throw new CommandError(`${flags.discovery} lists no proof keys, so this client signs nothing.`)
      const [token = '', ...tokens] = request.tokens
      const hints = {
        hosts: [...(flags.host ?? []), ...request.hosts],
        prefixes: [...(flags.prefix ?? []), ...request.prefixes],
        tokens,
      }
      const finding = findProof({ ...request, token }, proofKeys, hints)
      process.stdout.write(flags.json ? asJson(finding) : asText(finding, request))
      if (!holds(finding)) process.exitCode = 1
    })
}

const holds = ({ match }: ProofFinding): boolean =>
  match?.changes.length === 0 && !(match.signature.key === 'old' && match.signature.header === 'X-WOPI-ProofOld')

/** Without the token: what is printed ends up in reports. */
function asJson({ signatures, match }: ProofFinding): string {
  const { token: _, url = '', ...found } = match ?? {}
  return `${JSON.stringify({ signatures, ...(match && { match: { ...found, url: url.replace(/\?.*$/s, '') } }) })}\n`
}

function asText(finding: ProofFinding, { timestamp }: CapturedRequest): string {
  const { says, todo } = adviseOnProof(finding, 'the client')
  const signers = finding.signatures.map(
    ({ header, key, pair }) => `${header} was made by the ${key} key${pair > 0 ? ` of machine ${pair + 1}` : ''}.`,
  )
  const lines = [...signers, says, todo, `It was signed at ${dateText(timestamp)}; a host takes proofs for 20 minutes.`]
  return `${lines.map(printable).join('\n')}\n`
}

function dateText(ticks: bigint): string {
  const date = new Date(fromTicks(ticks))
  return Number.isNaN(date.getTime()) ? 'a time that is none' : date.toISOString()
}

async function requestOf(flags: ProofFlags): Promise<CapturedRequest> {
  const read = flags.request === undefined ? undefined : await readRequest(flags.request)
  const url = flags.url ?? read?.url
  const proof = flags.proof ?? read?.proof
  const timestamp = flags.timestamp === undefined ? read?.timestamp : readTicks(flags.timestamp)
  if (url === undefined || proof === undefined)
    throw usageError('Give the request: --request FILE, or --url, --proof and --timestamp.')
  if (timestamp === undefined)
    throw usageError('--timestamp must be the number in the header X-WOPI-TimeStamp, as 638000000000000000.')
  const proofOld = flags.proofOld ?? read?.proofOld ?? ''
  const base = read ?? { hosts: [], prefixes: [] }
  return { ...base, url, proof, proofOld, timestamp, tokens: tokensOf(url, flags.token, read?.tokens) }
}

/** The token first that was given; then as it stands in the address. */
function tokensOf(url: string, given: string | undefined, captured: readonly string[] = []): readonly string[] {
  const raw = /[?&]access_token=([^&#]*)/i.exec(url)?.[1]
  const all = [...(given === undefined ? [] : [given]), ...captured, ...(raw === undefined ? [] : [decoded(raw), raw])]
  if (all.length === 0) throw usageError('No token stands in the address: give it with --token.')
  return [...new Set(all)]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function readRequest(
  path: string,
): Promise<Partial<CapturedRequest> & Pick<CapturedRequest, 'hosts' | 'prefixes'>> {
  const request = readCapturedRequest(await textOf(path))
  if (request) return request
  throw new CommandError(`${path} does not begin like a request, as "GET /wopi/files/1?access_token=... HTTP/1.1".`)
}

async function discoveryOf(raw: string): Promise<Discovery> {
  const url = discoveryUrl(raw)
  const xml = url === undefined ? await textOf(raw) : undefined
  try {
    return url === undefined ? parse(xml ?? '') : (await fetchDiscovery(url, patience)).discovery
  } catch (cause) {
    throw new CommandError(`${raw} could not be read: ${cause instanceof Error ? cause.message : cause}.`, 1, { cause })
  }
}

const patience = 15_000

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw fileFailure(path, 'read', error)
  })
