import { rmSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Addresses, wopiUrl } from './addresses.ts'
import type { Config } from './config.ts'

/** What a running server tells programs of its owner. */
export interface Running {
  /** Where it is reached from this machine. */
  readonly url: string
  /** What every WOPISrc starts with. */
  readonly wopiUrl: string
  readonly controlToken: string
  readonly pid: number
  /** The folder that is served. */
  readonly folder: string
}

const pathIn = (dataFolder: string) => join(dataFolder, 'running.json')

/** Says in the data folder that a server is running, readable only by its owner. */
export async function writeRunning(config: Config, addresses: Addresses, controlToken: string): Promise<void> {
  const { dataFolder, folder } = config
  const running: Running = {
    url: addresses.local,
    wopiUrl: wopiUrl(addresses),
    controlToken,
    pid: process.pid,
    folder,
  }
  const temporary = `${pathIn(dataFolder)}.new`
  await rm(temporary, { force: true })
  await writeFile(temporary, `${JSON.stringify(running, undefined, 2)}\n`, { mode: 0o600 })
  await rename(temporary, pathIn(dataFolder))
}

export const removeRunning = (dataFolder: string): void => rmSync(pathIn(dataFolder), { force: true })
