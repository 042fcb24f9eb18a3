import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Workplace } from './workplace.ts'

const command = join(import.meta.dirname, '../../apps/server/bin/openwopi.js')

/** A folder served as `openwopi serve` serves it to people. */
export interface ServedFolder {
  /** Where a browser opens the file called `name`. */
  addressOf(name: string): Promise<string>
  stop(): Promise<void>
}

/** Starts `openwopi serve` on a free port, and waits until it listens. */
export async function serveFolder({ folder, dataFolder }: Workplace): Promise<ServedFolder> {
  const child = spawn(process.execPath, [command, 'serve', folder, '--data', dataFolder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await addressIn(child)
  // Nobody reads on, and the server must not wait for that.
  child.stdout.resume()
  return {
    async addressOf(name) {
      const asked = ['token', join(folder, name), '--data', dataFolder, '--json']
      const { stdout } = await promisify(execFile)(process.execPath, [command, ...asked])
      const { wopiSrc } = JSON.parse(stdout) as { wopiSrc: string }
      return `${url}/open/${basename(new URL(wopiSrc).pathname)}`
    },
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
