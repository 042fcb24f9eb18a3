import { used } from '../blob-states.ts'
import type { Store } from '../store.ts'
import type { Checking, Fault } from './fault.ts'
import { type Condition, conditionOf } from './intact.ts'
import { restoreFromEqual } from './restore.ts'
import { everyVersion, hits, isStillSo, type VersionToCheck, versionsOf } from './versions-to-check.ts'

/** Reads every version of every file, and compares it with its hash. */
export async function* checkContents(checking: Checking): AsyncGenerator<Fault> {
  const { store, onChecked = () => undefined } = checking
  for await (const row of everyVersion(store)) {
    const found = await conditionOf(store.blobs, row)
    if (found !== 'intact') yield* lost(checking, row, found)
    onChecked(row.size)
  }
}

/** Looks for every content that is used among those that the blob store lists. Both are in the order of their keys. */
export async function* checkPresence(checking: Checking): AsyncGenerator<Fault> {
  const { store, onChecked = () => undefined } = checking
  const list = store.blobs.list()[Symbol.asyncIterator]()
  let listed = await list.next()
  for await (const keys of usedKeys(store)) {
    const missing: string[] = []
    for (const key of keys) {
      while (!listed.done && listed.value.key < key) listed = await list.next()
      if (listed.done || listed.value.key !== key) missing.push(key)
      onChecked(0)
    }
    yield* reallyMissing(checking, missing)
  }
}

const batch = 500

async function* usedKeys({ db }: Store): AsyncGenerator<readonly string[]> {
  let after = ''
  for (;;) {
    const rows = await db
      .selectFrom('blobs')
      .select('key')
      .where('state', '=', used)
      .where('key', '>', after)
      .orderBy('key')
      .limit(batch)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ key }) => key)
    after = last.key
  }
}

/** What is not in the list may have come after it was made. */
async function* reallyMissing(checking: Checking, keys: readonly string[]): AsyncGenerator<Fault> {
  if (keys.length === 0) return
  for (const row of await versionsOf(checking.store, keys))
    if (!(await checking.store.blobs.get(row.blob, { start: 0, end: 0 }))) yield* lost(checking, row, 'missing')
}

async function* lost(
  checking: Checking,
  row: VersionToCheck,
  found: Exclude<Condition, 'intact'>,
): AsyncGenerator<Fault> {
  if (!(await isStillSo(checking.store, row))) return
  const about = await hits(checking.store, row)
  yield { what: `content ${found}`, ...about, repair: await restoreFromEqual(checking, row) }
}
