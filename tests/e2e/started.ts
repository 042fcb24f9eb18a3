import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../../apps/server/bin/openwopi.js', import.meta.url))

/** OpenWOPI in a process of its own, as a person starts it. */
export interface Started {
  /** Where a browser finds the list of files. */
  readonly url: string
  /** Where the built-in office client answers. */
  readonly officeUrl: string
  /** Where a browser opens a file of the root folder. */
  addressOf(name: string): Promise<string>
  /** The most memory that it has held so far, in bytes. `undefined`: this system does not say. */
  peakMemory(): Promise<number | undefined>
  /** For how long the thread that answers has had a processor, in milliseconds; where a system does not say, a clock. */
  workingTime(): Promise<number>
  /** Whether it still runs. */
  isRunning(): boolean
  /** Tells it to stop, and waits until it has. */
  stop(): Promise<void>
}

/** Runs `program` until it says that it listens. It and whatever it starts end with `stop`. */
export async function start(program: string, args: readonly string[], cwd?: string): Promise<Started> {
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    env: own(process.env),
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: npm starts the server as a child, and both are told to stop.
    detached: true,
  })
  // Not before nobody writes to its output any more: npm may end before the server that it has started.
  const ended = once(child, 'close')
  const { url, officeUrl } = await listening(child)
  // Nobody reads on, and the program must not wait for that.
  child.stdout.resume()
  return {
    url,
    officeUrl,
    async addressOf(name) {
      const answer = await fetch(`${url}/api/folders/root?limit=1000`)
      const { files } = (await answer.json()) as { files: readonly { readonly id: string; readonly name: string }[] }
      const found = files.find((file) => file.name === name)
      if (!found) throw new Error(`${name} is not in the list`)
      return `${url}/open/${found.id}`
    },
    peakMemory: () => peakOf(child.pid ?? 0),
    workingTime: () => workingTimeOf(child.pid ?? 0),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
      await ended
    },
  }
}

/** Runs `openwopi serve` over a folder. */
export const serve = (folder: string, ...flags: readonly string[]): Promise<Started> =>
  start(process.execPath, [command, 'serve', folder, '--port', '0', ...flags])

interface Listening {
  readonly url: string
  readonly officeUrl: string
}

async function listening({ stdout }: ChildProcess): Promise<Listening> {
  if (!stdout) throw new Error('the program has no output')
  for await (const line of createInterface({ input: stdout })) {
    if (line.includes('"listening"')) return JSON.parse(line)
  }
  throw new Error('the program ended before it listened')
}

async function peakOf(pid: number): Promise<number | undefined> {
  const status = await readFile(join('/proc', String(pid), 'status'), 'utf8').catch(() => '')
  const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
}

/** Others who have the processor meanwhile do not count. */
async function workingTimeOf(pid: number): Promise<number> {
  const thread = join('/proc', String(pid), 'schedstat')
  const [nanoseconds = ''] = (await readFile(thread, 'utf8').catch(() => '')).split(' ')
  return nanoseconds === '' ? performance.now() : Number(nanoseconds) / 1e6
}

/** Without settings that whoever runs the tests may have for another server. */
const own = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OPENWOPI_')))
