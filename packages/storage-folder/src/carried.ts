import type { CarriedChange } from '@openwopi/host'
import type { Database } from './database.ts'

type Property = CarriedChange['properties'][number]

/** A stream that a file carries, as it lies on disk. */
export interface KeptStream {
  readonly id: string
  /** Of its file among the streams; no other stream ever has it. */
  readonly name: string
  readonly size: number
  /** When it was set, in milliseconds since the epoch. */
  readonly at: number
}

/** What a file carries besides its content. */
export interface Kept {
  readonly streams: readonly KeptStream[]
  readonly properties: readonly { readonly is: Property; readonly at: number }[]
}

/** A change of what a file carries, all of which has arrived. A stream without a name is taken away. */
export interface KeptChange {
  readonly properties: readonly Property[]
  readonly streams: readonly { readonly id: string; readonly name?: string; readonly size: number }[]
}

/**
 * What files carry, in the index: a row for each version that was saved together with what it carries. What lasts of it
 * in later versions follows from the row, so that no other change need speak of it.
 */
export interface Carried {
  /** What a file carries at a version, without what has ended by now. */
  of(file: string, version: number): Kept
  put(file: string, version: number, kept: Kept): void
  drop(file: string, version: number): void
  /** Every name that a stream of a file has, of earlier versions too. */
  names(file: string): Set<string>
  /** Forgets what two later rows have replaced: an answer that is on its way may still read the row before the last. */
  prune(file: string): void
  /** Forgets all that no present version of a file carries. The names of the streams that are left. */
  clear(versionOf: (file: string) => number | undefined): Set<string>
}

interface Row {
  readonly file: string
  readonly version: number
  readonly carried: string
}

/** How long something is carried after it was last set, in milliseconds: 30 days. */
const lasting = 30 * 24 * 60 * 60_000

const nothing: Kept = { streams: [], properties: [] }
const keptIn = ({ carried }: Row): Kept => JSON.parse(carried)
const namesIn = (row: Row) => keptIn(row).streams.map(({ name }) => name)

/** Opens what the index has of what files carry. */
export function openCarried(database: Database, now: () => number): Carried {
  const latest = database.prepare<Row>(
    'SELECT * FROM carried WHERE file = ? AND version <= ? ORDER BY version DESC LIMIT 1',
  )
  const ofFile = database.prepare<Row>('SELECT * FROM carried WHERE file = ? ORDER BY version DESC')
  const all = database.prepare<Row>('SELECT * FROM carried ORDER BY file, version DESC')
  const insertion = database.prepare('INSERT OR REPLACE INTO carried VALUES (?, ?, ?)')
  const deletion = database.prepare('DELETE FROM carried WHERE file = ? AND version = ?')

  const put = (file: string, version: number, kept: Kept) =>
    void insertion.run(file, version, JSON.stringify({ streams: kept.streams, properties: kept.properties }))
  const drop = (file: string, version: number) => void deletion.run(file, version)

  function of(file: string, version: number): Kept {
    const row = latest.get(file, version)
    return row ? atVersion(row, version, now()) : nothing
  }

  return {
    of,
    put,
    drop,
    names: (file) => new Set(ofFile.all(file).flatMap(namesIn)),
    prune(file) {
      for (const { version } of ofFile.all(file).slice(2)) drop(file, version)
    },
    clear(versionOf) {
      const names = new Set<string>()
      for (const { file, version } of all.all()) {
        const present = versionOf(file)
        const isLatest = present !== undefined && latest.get(file, present)?.version === version
        const kept = isLatest ? of(file, present) : nothing
        drop(file, version)
        if (kept.streams.length + kept.properties.length > 0) put(file, present ?? version, kept)
        for (const { name } of kept.streams) names.add(name)
      }
      return names
    },
  }
}

/** A version that came after the row has of it what outlasts any change. */
function atVersion(row: Row, version: number, now: number): Kept {
  const { streams, properties } = keptIn(row)
  const isOwn = row.version === version
  const lasts = ({ at }: { readonly at: number }) => now - at < lasting
  return {
    streams: isOwn ? streams.filter(lasts) : [],
    properties: properties.filter((each) => lasts(each) && (isOwn || each.is.Retention === 'KeepOnContentChange')),
  }
}

/** What is carried once `change` is made. */
export function afterChange(before: Kept, { properties, streams }: KeptChange, at: number): Kept {
  const set = new Map(before.properties.map((each) => [each.is.Name, each]))
  for (const is of properties) set.set(is.Name, { is, at })
  const lying = new Map(before.streams.map((each) => [each.id, each]))
  for (const { id, name, size } of streams) {
    if (name === undefined) lying.delete(id)
    else lying.set(id, { id, name, size, at })
  }
  return { streams: [...lying.values()], properties: [...set.values()] }
}
