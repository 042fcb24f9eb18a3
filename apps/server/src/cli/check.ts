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
  type Outcome,
  prepareRun,
  type Report,
  type Run,
} from '@openwopi/conformance'
import { type Command, Option } from 'commander'
import { CommandError, usageError } from './command-error.ts'
import { fileFailure } from './file-failure.ts'
import { readProofKeys } from './proof-keys.ts'
import { printable } from './text.ts'
import { accessTo, type WopiCallFlags, wopiCommand } from './wopi-call.ts'

interface CheckFlags extends WopiCallFlags {
  readonly proofKey?: string
  readonly group?: readonly string[]
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
        'Says beforehand what it is going to write. Ends with 1 when the host fails a check.',
    )
    .option('--proof-key <FILE>', 'Private key (PEM) to sign requests with; a second one in it is the old key.')
    .option('--group <GROUP...>', `Only these checks: ${groups.join(', ')}.`)
    .addOption(new Option('--report <FORM>', 'How to report.').choices(Object.keys(reports)).default('text'))
    .option('--out <FILE>', 'Where to write the report; without it, to standard output.')
    .action(async (wopiSrc: string, flags: CheckFlags) => {
      const report = await checked(wopiSrc, flags)
      await write(reports[flags.report](report), flags.out)
      if (flags.out !== undefined && flags.report !== 'text') process.stderr.write(summary(report))
      if (report.outcomes.some(({ result }) => result === 'failed' || result === 'error')) process.exitCode = 1
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
    const run = await prepareRun({ wopiSrc, accessToken, ...chosen, ...keys, signal: interrupted.signal })
    for (const sentence of run.plan) process.stderr.write(`${printable(sentence)}\n`)
    const outcomes = await keepingOriginal(run, () => all(run))
    const { plan } = run
    return { wopiSrc, startedAt, took: Date.now() - startedAt, plan, leftovers: run.leftovers(), outcomes }
  } catch (error) {
    throw error instanceof NoHost ? new CommandError(printable(error.message), 1, { cause: error }) : error
  } finally {
    process.off('SIGINT', stop)
  }
}

function groupNamed(name: string): Group {
  const found = groups.find((group) => group === name)
  if (!found) throw usageError(`There are no checks of "${name}"; there are: ${groups.join(', ')}.`)
  return found
}

/** Runs the checks; a terminal sees how far they are. */
async function all(run: Run): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const isSeen = process.stderr.isTTY
  for await (const outcome of run.outcomes()) {
    outcomes.push(outcome)
    if (isSeen) process.stderr.write(`\r\x1b[K${outcomes.length}/${run.checks.length} ${outcome.check.group}`)
  }
  if (isSeen) process.stderr.write('\r\x1b[K')
  return outcomes
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
