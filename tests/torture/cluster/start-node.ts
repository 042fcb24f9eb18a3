import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('node.js', import.meta.url))
const clockShift = new URL('shift-clock.js', import.meta.url).href
const breaking = new URL('../breaks/break.js', import.meta.url).href

/** What a server is to be. */
export interface NodeOptions {
  readonly database: string
  readonly blobs: string
  readonly dataFolder: string
  readonly port: number
  /** Milliseconds. */
  readonly lockLifetime: number
  /** How wrong its clock is, in milliseconds. */
  readonly clockShift?: number
  /** In which way it is broken: a name of `breaks`. */
  readonly broken?: string
}

/** A server in a process of its own. */
export interface Node {
  readonly url: string
  /** A token for a file of the root folder. */
  tokenFor(name: string): Promise<{ readonly wopiSrc: string; readonly accessToken: string }>
  pause(): void
  resume(): void
  /** Ends it with no warning. */
  kill(): Promise<void>
  /** What it last complained about. */
  said(): string
}

/** Starts one and waits until it answers. */
export async function startNode({ clockShift: shift = 0, broken, ...config }: NodeOptions): Promise<Node> {
  const folder = join(config.dataFolder, 'served')
  await mkdir(folder, { recursive: true })
  const child = fork(program, [JSON.stringify({ ...config, folder })], {
    execArgv: [
      ...(shift === 0 ? [] : ['--import', clockShift]),
      ...(broken === undefined ? [] : ['--import', breaking]),
    ],
    env: { ...process.env, SHIFT_CLOCK: String(shift), ...(broken !== undefined && { BREAK: broken }) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const said = lastWords(child)
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await Promise.race([once(child, 'message'), endedEarly(child, said)])
  const running = JSON.parse(await readFile(join(config.dataFolder, 'running.json'), 'utf8'))
  return {
    url: running.url,
    said,
    kill,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async tokenFor(path) {
      const answer = await fetch(`${running.url}/api/control/token`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${running.controlToken}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ path }),
      })
      if (!answer.ok) throw new Error(`no token for ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as { wopiSrc: string; accessToken: string }
    },
  }
}

async function endedEarly(child: ChildProcess, said: () => string): Promise<never> {
  await once(child, 'exit')
  throw new Error(`a server ended:\n${said()}`)
}

function lastWords({ stderr }: ChildProcess): () => string {
  let text = ''
  stderr?.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(-4000)
  })
  return () => text
}
