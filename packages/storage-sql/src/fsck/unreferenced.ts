import { doomed, used } from '../blob-states.ts'
import type { ListedBlob } from '../blobs.ts'
import type { Store } from '../store.ts'
import { defaultGrace, type SweepOptions } from '../sweep.ts'

/** A content in the blob store to which nothing refers. */
export interface Unreferenced {
  readonly blob: string
  /** Bytes. */
  readonly size: number
  /** Since when that is known, in milliseconds since the epoch. Absent: no sweep has noticed it yet; it may be on its way. */
  readonly since?: number
  /** Whether its time of grace is over, so that the next sweep removes it. */
  readonly isDue: boolean
}

/** How many blobs are looked up at a time. */
const batch = 500

/** Lists what sweeps remove once its time of grace is over. Removes nothing. */
export async function* unreferenced(
  store: Store,
  { grace = defaultGrace }: Pick<SweepOptions, 'grace'> = {},
): AsyncGenerator<Unreferenced> {
  const before = store.now() - grace
  let listed: ListedBlob[] = []
  for await (const blob of store.blobs.list()) {
    if (listed.push(blob) < batch) continue
    yield* amongThese(store, listed, before)
    listed = []
  }
  yield* amongThese(store, listed, before)
}

async function* amongThese({ db }: Store, listed: readonly ListedBlob[], before: number): AsyncGenerator<Unreferenced> {
  if (listed.length === 0) return
  const keys = listed.map(({ key }) => key)
  const rows = await db.selectFrom('blobs').select(['key', 'state', 'since']).where('key', 'in', keys).execute()
  const known = new Map(rows.map((row) => [row.key, row]))
  for (const { key: blob, size } of listed) {
    const row = known.get(blob)
    if (!row) yield { blob, size, isDue: false }
    else if (row.state !== used)
      yield { blob, size, since: row.since, isDue: row.state === doomed || row.since <= before }
  }
}
