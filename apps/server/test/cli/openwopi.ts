import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const script = fileURLToPath(new URL('../../bin/openwopi.js', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  /** Besides the variables of the tests, of which none of ours is passed on. */
  readonly env?: Readonly<Record<string, string>>
  /** What comes from standard input. */
  readonly input?: string | Uint8Array
  /** No file that it writes may be larger; KB. */
  readonly largestFile?: number
}

/** Runs the built command to its end. */
export async function openwopi(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = start(args, options)
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  child.stdin.on('error', () => undefined).end(options.input ?? '')
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, ...output }
}

/** Starts the built command. It ends with the test at the latest. */
export function start(args: readonly string[], { cwd, env, largestFile }: RunOptions = {}) {
  const command = `ulimit -f ${largestFile ?? 'unlimited'} && exec "$0" "$@"`
  const child = spawn('bash', ['-c', command, process.execPath, script, ...args], {
    cwd,
    env: { ...foreign(process.env), COLUMNS: '80', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const foreign = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OPENWOPI_')))

/** An empty folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'openwopi-cli-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}
