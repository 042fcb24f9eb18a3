import { basename, join } from 'node:path'
import { runOpenwopi, startServing } from './served.ts'
import type { Workplace } from './workplace.ts'

/** A folder served as `openwopi serve` serves it to people. */
export interface ServedFolder {
  /** Where a browser opens the file called `name`. */
  addressOf(name: string): Promise<string>
  stop(): Promise<void>
}

/** Starts `openwopi serve` on a free port, and waits until it listens. */
export async function serveFolder({ folder, dataFolder }: Workplace): Promise<ServedFolder> {
  const { url, stop } = await startServing(folder, '--data', dataFolder)
  return {
    async addressOf(name) {
      const said = await runOpenwopi(['token', join(folder, name), '--data', dataFolder, '--json'])
      const { wopiSrc } = JSON.parse(said) as { wopiSrc: string }
      return `${url}/open/${basename(new URL(wopiSrc).pathname)}`
    },
    stop,
  }
}
