import { join } from 'node:path'
import type { Config } from '../config.ts'
import { causeOf, type Log } from '../log-event.ts'
import { usualAge, usualSize } from './options.ts'
import { openSpool, type Spool } from './spool.ts'
import { spoolKeys } from './spool-keys.ts'

/** The spool of a server that runs. */
export interface RunningSpool extends Spool {
  close(): void
}

/** Where a spool is. */
export type SpoolPlace = Pick<Config, 'dataFolder' | 'spool' | 'spoolSize'>

const hour = 60 * 60_000

/** The spool as it is configured. `undefined`: there is to be none. */
export async function spoolOf({ dataFolder, spool, spoolSize }: SpoolPlace) {
  if (spool === 'off') return undefined
  const folder = spool ?? join(dataFolder, 'spool')
  return openSpool({ folder, keys: await spoolKeys(dataFolder), limit: spoolSize ?? usualSize })
}

/** The same for a server: what was torn at its last end is taken away, and so is, now and then, what is too old. */
export async function runSpool(config: Config, log: Log, now: () => number): Promise<RunningSpool | undefined> {
  const spool = await spoolOf(config)
  if (!spool) return undefined
  await spool.tidy()
  const sweep = () =>
    void removeOld(spool, now() - (config.spoolAge ?? usualAge), log).catch((error: unknown) =>
      log({ level: 'warn', event: 'spool not swept', ...causeOf(error) }),
    )
  const timer = setInterval(sweep, hour).unref()
  sweep()
  return { ...spool, close: () => clearInterval(timer) }
}

async function removeOld(spool: Spool, before: number, log: Log): Promise<void> {
  for (const save of await spool.list()) {
    if (!('at' in save) || save.at >= before) continue
    await spool.remove(save.id)
    log({ level: 'warn', event: 'save given up', save: save.id, file: save.fileId, user: save.user.id, at: save.at })
  }
}
