import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { z } from 'zod'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import { type ExaminationOptions, patientOf } from '../doctor/patient-of.ts'
import { findingText, summaryText } from '../doctor/report.ts'
import { CommandError, usageError } from './command-error.ts'
import { addConfigFlags, configOf, type Flags } from './config-flags.ts'
import { base, size } from './config-values.ts'
import { doctorProof } from './doctor-proof.ts'
import { hostOf, type RunningHost, runningHost } from './running-host.ts'
import { printable } from './text.ts'

interface DoctorFlags extends Flags {
  readonly data?: string
  readonly config?: string
  readonly publicUrl?: string
  readonly callbackUrl?: string
  readonly bodySize: string
}

const help = `
For a minute, small files called openwopi-doctor-... lie in the folder that is
served; they are opened in every client, and removed without a trace. Certificates
of an authority of your own are named by the variable NODE_EXTRA_CA_CERTS.`

/** `openwopi doctor`: what is wrong with a deployment, and what to change. */
export function doctor(program: Command): void {
  const command = program
    .command('doctor')
    // What stands after `proof` is its own.
    .enablePositionalOptions()
    .summary('Say what is wrong with a deployment, and what to change.')
    .description(
      'Looks at a host that runs on this machine and at all that lies between it, its clients and browsers: ' +
        'addresses, proxies, certificates, clocks, proof keys, frames, and a save. Ends with 1 when something is broken.',
    )
    .argument('[DIR]', 'The folder that the host serves. (default: the present one)')
    .option('--public-url <URL>', 'Try this address in place of the one that the host was started with.')
    .option('--callback-url <URL>', 'Likewise, for the address that clients call.')
    .option('--body-size <BYTES>', 'How large a document has to come through, as 20M.', '16M')
    .option('--json', 'Print one JSON object.')
    .addHelpText('after', help)
  addConfigFlags(command, ['data']).action(
    async (folder: string | undefined, flags: DoctorFlags & { readonly json?: boolean }) => {
      const options = optionsOf(flags)
      const host = await findHost(folder, flags)
      const findings = await examined(host, options, flags.json === true ? undefined : tell(host))
      process.stdout.write(
        flags.json ? `${JSON.stringify({ url: host.url, findings })}\n` : `\n${summaryText(findings)}\n`,
      )
      if (findings.some(({ result }) => result === 'problem')) process.exitCode = 1
    },
  )
  doctorProof(command)
}

/** Prints each finding as it comes. */
function tell({ url, folder }: RunningHost): (finding: Finding) => void {
  process.stdout.write(`OpenWOPI at ${url}, which serves ${printable(folder)}\n\n`)
  const width = process.stdout.isTTY ? process.stdout.columns : undefined
  return (finding) => void process.stdout.write(findingText(finding, width))
}

async function examined(
  host: RunningHost,
  options: ExaminationOptions,
  tell: (finding: Finding) => void = () => {},
): Promise<Finding[]> {
  const patient = await patientOf(host, options)
  const findings: Finding[] = []
  let isStopped = false
  // What it has put into the folder is taken out again first.
  const stop = () => {
    isStopped = true
  }
  process.once('SIGINT', stop)
  try {
    for await (const finding of examine(patient)) {
      findings.push(finding)
      tell(finding)
      if (isStopped) throw new CommandError('Stopped before everything was looked at.')
    }
    return findings
  } finally {
    process.off('SIGINT', stop)
    await patient.end()
  }
}

const optionsOf = ({ publicUrl, callbackUrl, bodySize }: DoctorFlags): ExaminationOptions => ({
  publicUrl: checked('--public-url', base, publicUrl),
  callbackUrl: checked('--callback-url', base, callbackUrl),
  bodySize: checked('--body-size', size, bodySize) ?? 0,
})

function checked<T>(flag: string, check: z.ZodType<T>, raw: string | undefined): T | undefined {
  if (raw === undefined) return undefined
  const result = check.safeParse(raw)
  if (result.success) return result.data
  throw usageError(`${flag} must be ${result.error.issues[0]?.message}. It is "${raw}".`)
}

async function findHost(folder: string | undefined, flags: DoctorFlags): Promise<RunningHost> {
  const { dataFolder } = configOf(folder, { data: flags.data, config: flags.config })
  const near = flags.data === undefined ? await hostOf(resolve(folder ?? '.')) : undefined
  const host = (await runningHost(dataFolder)) ?? near
  if (host) return host
  const where =
    flags.data === undefined ? `serves ${resolve(folder ?? '.')}` : `runs with the data folder ${dataFolder}`
  throw new CommandError(
    `No host ${where}. Start one with "openwopi serve DIR"; if it runs, name its folder, or its data folder with --data.`,
  )
}
