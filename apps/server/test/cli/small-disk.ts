import { type ChildProcessWithoutNullStreams, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** A disk of 8 MB. Where one cannot be had, a server that may write no larger file does as well. */
export function smallDisk(): { readonly folder: string; readonly largestFile?: number } {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
    onTestFinished(() => {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true })
    })
    return { folder }
  } catch {
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return { folder, largestFile: 8192 }
  }
}

/** The address at which a server that was started listens. */
export const listening = (host: ChildProcessWithoutNullStreams): Promise<string> =>
  new Promise((resolve, reject) => {
    host.once('exit', () => reject(new Error('it did not start')))
    createInterface({ input: host.stdout }).on('line', (line) => {
      const event: Record<string, unknown> = JSON.parse(line)
      if (event['event'] === 'listening') resolve(String(event['url']))
    })
  })
