import type { CarriedChange } from '@openwopi/host'
import { leaveBlobs } from './blob-states.ts'
import type { Db, Trx } from './store.ts'

type Property = CarriedChange['properties'][number]

/** A stream that a file carries. */
export interface KeptStream {
  readonly id: string
  /** The key of its blob, which no other stream ever has. */
  readonly blob: string
  readonly size: number
  /** When it was set, in milliseconds since the epoch. */
  readonly at: number
}

/** What a file carries besides its content. */
export interface Kept {
  readonly streams: readonly KeptStream[]
  readonly properties: readonly { readonly is: Property; readonly at: number }[]
}

/** A change of what a file carries, all of which has arrived. A stream without a blob is taken away. */
export interface KeptChange {
  readonly properties: readonly Property[]
  readonly streams: readonly { readonly id: string; readonly blob?: string; readonly size: number }[]
}

/** Which content of which file. */
interface At {
  readonly id: string
  readonly sequence: number
}

/** How long something is carried after it was last set, in milliseconds: 30 days. */
const lasting = 30 * 24 * 60 * 60_000

const nothing: Kept = { streams: [], properties: [] }

/**
 * What a file carries at a version, without what has ended by now. There is a row for each version that was saved together
 * with what it carries. What lasts of it in later versions follows from the row, so that no other change need speak of it.
 */
export async function carriedAt(db: Db, { id, sequence }: At, now: number): Promise<Kept> {
  const row = await db
    .selectFrom('carried')
    .select(['sequence', 'carried'])
    .where('file_id', '=', id)
    .where('sequence', '<=', sequence)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return nothing
  const { streams, properties }: Kept = JSON.parse(row.carried)
  const isOwn = row.sequence === sequence
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
  for (const { id, blob, size } of streams) {
    if (blob === undefined) lying.delete(id)
    else lying.set(id, { id, blob, size, at })
  }
  return { streams: [...lying.values()], properties: [...set.values()] }
}

/** Puts `kept` in the place of all rows before it. Their streams are still there for whoever is reading one. */
export async function putCarried(trx: Trx, { id, sequence }: At, kept: Kept, now: number): Promise<void> {
  await dropCarried(trx, id, { now, but: kept.streams })
  await trx
    .insertInto('carried')
    .values({ file_id: id, sequence, carried: JSON.stringify(kept) })
    .execute()
}

/** Takes away all rows of a file. */
export async function dropCarried(
  trx: Trx,
  id: string,
  { now, but = [] }: { readonly now: number; readonly but?: readonly KeptStream[] },
): Promise<void> {
  const rows = await trx.deleteFrom('carried').where('file_id', '=', id).returning('carried').execute()
  const staying = new Set(but.map(({ blob }) => blob))
  const left = rows.flatMap(({ carried }) => (JSON.parse(carried) as Kept).streams.map(({ blob }) => blob))
  await leaveBlobs(
    trx,
    [...new Set(left)].filter((blob) => !staying.has(blob)),
    now,
  )
}
