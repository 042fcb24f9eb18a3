import { z } from 'zod'
import { createAudit } from '../audit/audit.ts'
import type { Config } from '../config.ts'
import { createEvents } from '../events.ts'
import { openData } from '../opened-data.ts'
import { localPerson } from '../sign-in/person.ts'
import type { FailedSave } from '../spool/failed-save.ts'
import { spoolOf } from '../spool/open-spool.ts'
import { recovered } from '../spool/recovered.ts'
import { createRecovery } from '../spool/recovery.ts'
import type { LockedSave } from '../spool/spool.ts'
import { askHost } from './ask-host.ts'
import { usageError } from './command-error.ts'
import { explainStart } from './explain-start.ts'
import { type RunningHost, runningHost } from './running-host.ts'

/** Recovers saves one by one. Each resolves to a sentence that says what has become of it. */
export interface Recovering {
  readonly apply: (save: FailedSave | LockedSave) => Promise<string>
  readonly discard: (save: FailedSave | LockedSave) => Promise<string>
}

/** Has the server do it if it runs, so that its pages show it at once; else opens the files itself. */
export async function withRecovery(config: Config, work: (recovering: Recovering) => Promise<void>): Promise<void> {
  const host = await runningHost(config.dataFolder)
  if (host?.isAlive) return work(asking(host))
  const spool = await spoolOf(config)
  if (!spool) throw usageError('The spool is off: nothing is put aside. Name its folder with --spool.')
  const data = await opened(config)
  const now = data.folder.now ?? Date.now
  const audit = createAudit(data.state.db, () => {}, now)
  const recovery = createRecovery({ spool, folder: data.folder, audit, events: createEvents(), now })
  // The server that has told the others of it is not there to take it back.
  const takeBack = (id: string) => data.state.db.deleteFrom('spooled_saves').where('id', '=', id).execute()
  try {
    await work({
      async apply({ id }) {
        const sentence = await recovered(recovery, id, localPerson())
        await takeBack(id)
        return sentence
      },
      async discard({ id }) {
        await recovery.discard(id, localPerson())
        await takeBack(id)
        return discarded(id)
      },
    })
  } finally {
    await audit.close()
    await data.close()
  }
}

async function opened(config: Config) {
  try {
    return await openData(config, { events: createEvents(), log: () => {} })
  } catch (error) {
    throw explainStart(error, config)
  }
}

const answer = z.object({ sentence: z.string() })

const asking = (host: RunningHost): Recovering => ({
  apply: async ({ id }) => answer.parse(await askHost(host, 'recovery/apply', { id })).sentence,
  async discard({ id }) {
    await askHost(host, 'recovery/discard', { id })
    return discarded(id)
  },
})

const discarded = (id: string) => `The save ${id} has been discarded.`
