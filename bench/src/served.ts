import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const command = join(import.meta.dirname, '../../apps/server/bin/openwopi.js')

/** `openwopi serve` in a process of its own. */
export interface Served {
  readonly url: string
  stop(): Promise<void>
}

/** Starts `openwopi serve` on a free port, and waits until it listens. */
export async function startServing(...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [command, 'serve', ...args, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await addressIn(child)
  // Nobody reads on, and the server must not wait for that.
  child.stdout.resume()
  return {
    url,
    async stop() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** What the server says of itself, a line each. */
async function addressIn({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('openwopi has no output')
  for await (const line of createInterface({ input: stdout })) {
    const event = JSON.parse(line) as { event?: string; url?: string }
    if (event.event === 'listening' && event.url !== undefined) return event.url
  }
  throw new Error('openwopi ended before it listened')
}

/** Runs another command of `openwopi` to its end, with `input` typed into it, and returns what it printed. */
export async function runOpenwopi(args: readonly string[], input = ''): Promise<string> {
  const running = promisify(execFile)(process.execPath, [command, ...args])
  running.child.stdin?.end(input)
  return (await running).stdout
}
