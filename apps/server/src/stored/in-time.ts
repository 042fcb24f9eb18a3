import type { Log } from '../log-event.ts'
import { lastSeen } from './last-seen.ts'
import type { Files } from './open-files.ts'
import { isOfDatabase, TooSlow, toldAs } from './storage-away.ts'
import { createWeather, type Weather } from './weather.ts'
import { BrokenBody, createInTime, type Patience, writeInTime } from './write-in-time.ts'

/** How long is waited for storage elsewhere. */
export interface InTimeOptions {
  readonly patience: Patience
  readonly log: Log
  readonly now: () => number
}

/** No lookup takes longer, in milliseconds. */
const longestLookup = 10_000

/**
 * The same files, which answer in time: what takes too long fails, and while the database is away, everything fails at
 * once, with a word for callers to come again.
 */
export function inTime(files: Files, { patience, log, now }: InTimeOptions): Files {
  const weather = createWeather({ ask: () => files.containers.root(), log, now })
  const limit = Math.min(longestLookup, patience)
  const writes = { patience, underWay: new Set<() => void>() }
  const lookups: Guard = (call, run) => answered(weather, () => limited(call, run, limit))
  const { storage, locks, containers, versions, trash, userInfo, streams, uploads, signatures, activities } = files
  const { cellStore, cellEditors } = files
  const seen = lastSeen()
  const { search, byPath, lockedFiles } = guarded(files, ['search', 'byPath', 'lockedFiles'], lookups)
  return {
    ...files,
    ...{ search, byPath, lockedFiles },
    lastSeen: seen.of,
    giveUp() {
      for (const end of [...writes.underWay]) end()
    },
    storage: {
      ...port(storage, lookups),
      async find(id, userId) {
        const file = await lookups('find', () => storage.find(id, userId))
        if (file) seen.note(file)
        return file
      },
      write: (...input) => answered(weather, () => writeInTime(storage.write, writes)(...input)),
      create: (...input) => answered(weather, () => createInTime(storage.create, writes)(...input)),
    },
    locks: port(locks, lookups),
    containers: port(containers, lookups),
    versions: port(versions, lookups),
    trash: port(trash, lookups),
    userInfo: port(userInfo, lookups),
    streams: port(streams, lookups),
    // A part of an upload lasts as long as a client sends, and fails as its connection does.
    uploads: port(uploads, (_, run) => answered({ ...weather, failed: () => {} }, run)),
    signatures: port(signatures, lookups),
    activities: port(activities, lookups),
    // Cells are as large as their files.
    ...(cellStore && {
      cellStore: port(cellStore, (call, run) => answered(weather, () => limited(call, run, patience))),
    }),
    ...(cellEditors && { cellEditors: port(cellEditors, lookups) }),
    shares: (options) => port(files.shares(options), lookups),
    restrictedLinks: (options) => port(files.restrictedLinks(options), lookups),
    async close() {
      weather.close()
      await files.close()
    },
  }
}

/** Does `run`, and may have it fail in another way. */
type Guard = <T>(call: string, run: () => Promise<T>) => Promise<T>

/** The same port, with each of its functions guarded. */
const port = <T extends object>(record: T, guard: Guard): T => guarded(record, Object.keys(record), guard)

function guarded<T extends object>(record: T, names: readonly string[], guard: Guard): T {
  const members = Object.entries(record).filter(([name]) => names.includes(name))
  const changed = members.map(([name, member]) => [
    name,
    isFunction(member) ? (...input: unknown[]) => guard(name, async () => member(...input)) : member,
  ])
  return Object.assign({}, record, Object.fromEntries(changed))
}

const isFunction = (value: unknown): value is (...input: unknown[]) => unknown => typeof value === 'function'

async function answered<T>(weather: Weather, run: () => Promise<T>): Promise<T> {
  try {
    weather.check()
    return await run()
  } catch (error) {
    if (error instanceof BrokenBody) throw error.cause
    if (isOfDatabase(error)) weather.failed(error)
    throw toldAs(error)
  }
}

/** `run`, or a failure once it has taken so many milliseconds. */
async function limited<T>(call: string, run: () => Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow(call, milliseconds)), milliseconds)
  })
  return Promise.race([run(), late]).finally(() => clearTimeout(timer))
}
