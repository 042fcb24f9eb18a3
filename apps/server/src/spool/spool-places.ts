import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Kysely, Selectable } from 'kysely'
import { passOn } from '../http/pass-on.ts'
import { causeOf, type Log } from '../log-event.ts'
import type { SpooledSaveTable, StateTables } from '../state/tables.ts'
import type { FailedSave } from './failed-save.ts'
import type { Spool } from './spool.ts'

/** On which server each save lies that could not be stored: all servers of a database know of all of them. */
export interface SpoolPlaces {
  /** Tells the others what lies here, if that has changed. While the database is away, it is told afterwards. */
  tell(): Promise<void>
  /** What lies on others. While the database is away, nothing is known of that. */
  elsewhere(): Promise<readonly SaveElsewhere[]>
  /** Has the server answer on which a save lies. `false`: it lies here, or is not known. Fails where that server is away. */
  answeredThere(id: string, req: IncomingMessage, res: ServerResponse): Promise<boolean>
  /** Takes a save off the list whose server is gone. Should that come back, it tells of it again. */
  forget(id: string): Promise<void>
  close(): void
}

/** A save on another server. */
export interface SaveElsewhere extends Selectable<SpooledSaveTable> {
  /** Whether that server answers now. */
  readonly isThere: boolean
}

/** What it takes. */
export interface SpoolPlacesParts {
  readonly spool: Spool
  readonly db: Kysely<StateTables>
  /** Where other servers reach this one: an origin. */
  readonly address: string
  readonly log: Log
}

/** How often it is looked whether the others know what lies here, in milliseconds. */
const tellEvery = 5000

/** How long another server may take to say that it is there, in milliseconds. */
const answersWithin = 2000

/** Keeps the places in the database. While that is away nothing is told, and it is told afterwards. */
export function spoolPlaces({ spool, db, address, log }: SpoolPlacesParts): SpoolPlaces {
  let isFailing = false

  async function tell(): Promise<void> {
    const saves = (await spool.list()).filter((save): save is FailedSave => 'at' in save)
    const ids = saves.map(({ id }) => id)
    const told = await db.selectFrom('spooled_saves').select('id').where('address', '=', address).execute()
    if (isSame(new Set(ids), new Set(told.map(({ id }) => id)))) return
    for (const save of saves) {
      const row = rowOf(save, address)
      await db
        .insertInto('spooled_saves')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ address }))
        .execute()
    }
    const gone = db.deleteFrom('spooled_saves').where('address', '=', address)
    await (ids.length > 0 ? gone.where('id', 'not in', ids) : gone).execute()
  }

  async function rowsOfOthers(): Promise<readonly Selectable<SpooledSaveTable>[]> {
    const rows = db.selectFrom('spooled_saves').selectAll().where('address', '<>', address).orderBy('at', 'desc')
    return rows.execute().catch((error: unknown) => {
      log({ level: 'warn', event: 'other spools not known', ...causeOf(error) })
      return []
    })
  }

  async function tryToTell(): Promise<void> {
    try {
      await tell()
      isFailing = false
    } catch (error) {
      if (!isFailing) log({ level: 'warn', event: 'spool not told of', ...causeOf(error) })
      isFailing = true
    }
  }

  const timer = setInterval(() => void tryToTell(), tellEvery).unref()
  void tryToTell()

  return {
    tell: tryToTell,
    async elsewhere() {
      const rows = await rowsOfOthers()
      const addresses = [...new Set(rows.map((row) => row.address))]
      const answers = await Promise.all(addresses.map(isThere))
      const alive = new Set(addresses.filter((_, index) => answers[index]))
      return rows.map((row) => ({ ...row, isThere: alive.has(row.address) }))
    },
    async answeredThere(id, req, res) {
      if (await spool.find(id)) return false
      const row = await db.selectFrom('spooled_saves').select('address').where('id', '=', id).executeTakeFirst()
      if (!row || row.address === address) return false
      await passOn(row.address, { req, res })
      return true
    },
    async forget(id) {
      await db.deleteFrom('spooled_saves').where('id', '=', id).execute()
    },
    close: () => clearInterval(timer),
  }
}

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((each) => other.has(each))

const rowOf = (
  { id, at, size, name, fileId, folderId, kind, user }: FailedSave,
  address: string,
): SpooledSaveTable => ({
  ...{ id, address, at, size, user_id: user.id, user_name: user.name },
  ...{ name: name ?? null, file_id: kind === 'save' ? (fileId ?? null) : null, folder_id: folderId ?? null },
})

const isThere = (address: string): Promise<boolean> =>
  fetch(`${address}/healthz`, { signal: AbortSignal.timeout(answersWithin) }).then(
    ({ ok }) => ok,
    () => false,
  )
