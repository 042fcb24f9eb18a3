import { z } from 'zod'
import type { Config } from '../config.ts'
import { askHost } from './ask-host.ts'
import { runningHost } from './running-host.ts'
import { columns, printable, sizeText } from './text.ts'

const elsewhere = z.array(
  z.object({
    id: z.string(),
    at: z.number(),
    size: z.number(),
    user_name: z.string(),
    name: z.string().nullable(),
    address: z.string(),
    isThere: z.boolean().optional(),
  }),
)

/** Saves that wait on other servers of the same database. */
export type SavesElsewhere = z.infer<typeof elsewhere>

/** Those that the server or its database knows of, besides the ones that lie here. Empty: there is one server only. */
export async function savesElsewhere(config: Config, here: ReadonlySet<string>): Promise<SavesElsewhere> {
  const host = await runningHost(config.dataFolder)
  const all = host?.isAlive ? await askHost(host, 'recovery/elsewhere', {}) : await inDatabase(config)
  return elsewhere.parse(all).filter(({ id }) => !here.has(id))
}

async function inDatabase(config: Config): Promise<unknown> {
  if (config.database === undefined) return []
  const { openStateDatabase } = await import('../state/open-state.ts')
  const { db, close } = await openStateDatabase(config)
  return db.selectFrom('spooled_saves').selectAll().orderBy('at', 'desc').execute().finally(close)
}

/** Where each waits, and what to do there. */
export function describeElsewhere(saves: SavesElsewhere): string {
  const rows = saves.map(({ id, at, size, user_name, name, address, isThere }) => [
    ...[id, new Date(at).toISOString(), sizeText(size), printable(user_name), printable(name ?? 'a file')],
    `on ${printable(address)}${isThere === false ? ', which does not answer' : ''}`,
  ])
  const how = 'Recover them there with this command, or on the page of failed saves of any server.'
  return `On other servers of the database, not on this machine:\n${columns(rows)}\n${how}\n`
}
