import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  asHtml,
  asJson,
  asJUnit,
  asText,
  type Group,
  groups,
  NoHost,
  prepareRun,
  type Report,
  type Run,
  standingOf,
} from '@openwopi/conformance'
import { connect } from '@openwopi/conformance/node'
import { type Command, Option } from 'commander'
import { environment } from '../config.ts'
import { type HookFlags, hooksOf } from './check-hooks.ts'
import { watched } from './check-progress.ts'
import { CommandError, usageError } from './command-error.ts'
import { fileFailure } from './file-failure.ts'
import { readProofKeys } from './proof-keys.ts'
import { printable } from './text.ts'
import { accessTo, type WopiCallFlags, wopiCommand } from './wopi-call.ts'

interface CheckFlags extends WopiCallFlags, HookFlags {
  readonly proofKey?: string
  readonly group?: readonly string[]
  readonly folder?: string
  readonly bootstrapper?: string
  readonly oauthToken?: string
  readonly report: keyof typeof reports
  readonly out?: string
}

const reports = { text: asText, html: asHtml, json: asJson, junit: asJUnit } as const

/** `openwopi check`: what a WOPI host does wrong. */
export function check(program: Command): void {
  wopiCommand(program, 'check')
    .summary('Check a WOPI host, any host, against the protocol.')
    .description(
      'Checks the host of a file against the protocol, whatever it is written in, and says what it does wrong. ' +
        'Says beforehand what it is going to write. Ends with 1 when the host breaks a rule of it.',
    )
    .option('--proof-key <FILE>', 'Private key (PEM) to sign requests with; a second one in it is the old key.')
    .option('--folder <URL>', 'A folder of the protocol of 2013 at the same host, with its access_token.')
    .option('--bootstrapper <URL>', 'The address of the bootstrapper of the host.')
    .option('--oauth-token <TOKEN>', 'A token that the bootstrapper takes. (OPENWOPI_OAUTH_TOKEN)')
    .option('--restart-command <COMMAND>', 'Starts the host anew, to see what it still knows then.')
    .option('--slow', 'Wait until locks end, which takes half an hour.')
    .option('--clock-command <COMMAND>', 'Instead: moves the clock of the host by $CHECK_SECONDS.')
    .option('--group <GROUP...>', `Only these checks: ${groups.join(', ')}.`)
    .addOption(new Option('--report <FORM>', 'How to report.').choices(Object.keys(reports)).default('text'))
    .option('--out <FILE>', 'Where to write the report; without it, to standard output.')
    .action(async (wopiSrc: string, flags: CheckFlags) => {
      const report = await checked(wopiSrc, flags)
      await write(reports[flags.report](report), flags.out)
      if (flags.out !== undefined && flags.report !== 'text') process.stderr.write(summary(report))
      if (report.outcomes.some((outcome) => ['failed', 'error'].includes(standingOf(outcome)))) process.exitCode = 1
    })
}

async function checked(wopiSrc: string, flags: CheckFlags): Promise<Report> {
  const accessToken = accessTo(wopiSrc, flags)
  const chosen = flags.group && { groups: flags.group.map(groupNamed) }
  const keys = flags.proofKey === undefined ? {} : { keys: await readProofKeys(flags.proofKey) }
  const interrupted = new AbortController()
  const stop = () => interrupted.abort(new Error('interrupted'))
  process.once('SIGINT', stop)
  try {
    const startedAt = Date.now()
    const run = await prepareRun({
      wopiSrc,
      accessToken,
      connect,
      ...chosen,
      ...keys,
      ...addressesOf(flags),
      ...hooksOf(wopiSrc, accessToken, flags),
      signal: interrupted.signal,
    })
    for (const sentence of run.plan) process.stderr.write(`${printable(sentence)}\n`)
    const outcomes = await keepingOriginal(run, () => watched(run))
    const { plan } = run
    return { wopiSrc, startedAt, took: Date.now() - startedAt, plan, leftovers: run.leftovers(), outcomes }
  } catch (error) {
    throw error instanceof NoHost ? new CommandError(printable(error.message), 1, { cause: error }) : error
  } finally {
    process.off('SIGINT', stop)
  }
}

/** What there is at the host besides the file. */
function addressesOf({ folder, bootstrapper, oauthToken = environment['OPENWOPI_OAUTH_TOKEN'] }: CheckFlags) {
  if (bootstrapper !== undefined && !oauthToken)
    throw usageError('A bootstrapper is checked with a token: --oauth-token TOKEN, or OPENWOPI_OAUTH_TOKEN.')
  return {
    ...(folder !== undefined && { folder: folderAt(folder) }),
    ...(bootstrapper !== undefined && oauthToken && { bootstrapper: { url: bootstrapper, token: oauthToken } }),
  }
}

function folderAt(url: string): { readonly wopiSrc: string; readonly accessToken: string } {
  const accessToken = URL.canParse(url) ? new URL(url).searchParams.get('access_token') : null
  if (!accessToken) throw usageError(`"${url}" is not the address of a folder with its access_token.`)
  return { wopiSrc: url.split('?')[0] ?? url, accessToken }
}

function groupNamed(name: string): Group {
  const found = groups.find((group) => group === name)
  if (!found) throw usageError(`There are no checks of "${name}"; there are: ${groups.join(', ')}.`)
  return found
}

/** What the file holds lies on this machine for as long as checks write to the file itself, and longer if need be. */
async function keepingOriginal<T>(run: Run, work: () => Promise<T>): Promise<T> {
  if (run.original === undefined) return work()
  const path = join(tmpdir(), `openwopi-check-${process.pid}.original`)
  await writeFile(path, run.original, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw fileFailure(path, 'written', error)
  })
  process.stderr.write(`Until then it is kept in ${path}.\n`)
  const result = await work()
  if (run.leftovers().length === 0) await rm(path)
  else process.stderr.write(`The content of the file is in ${path}.\n`)
  return result
}

async function write(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(text)
    return
  }
  await writeFile(out, text).catch((error: NodeJS.ErrnoException) => {
    throw fileFailure(out, 'written', error)
  })
}

const summary = (report: Report): string => `${asText(report).trimEnd().split('\n').at(-1)}\n`
