import type { Content, Rewrite, StoredFile } from '@openwopi/host'
import { discardBlobs } from './blob-states.ts'
import { compileOnce, firstOf } from './compile-once.ts'
import { addReceived } from './create-file.ts'
import { isKey } from './names.ts'
import { type Head, publish } from './publish.ts'
import type { ReadMemory } from './read-memory.ts'
import { type Received, receive } from './receive.ts'
import type { Store } from './store.ts'
import { here } from './tables.ts'
import { recording } from './unrecorded-content.ts'

/** What a write works with. */
export interface Writing {
  readonly store: Store
  readonly memory: ReadMemory
}

/**
 * Once all of `content` has arrived, makes it the content of a file, or a file beside that: as `change.decide` has it.
 * Without that it replaces the file if it is still at `file.version`.
 */
export async function writeFile(
  writing: Writing,
  file: StoredFile,
  content: Content,
  change: Rewrite,
): Promise<StoredFile | undefined> {
  const received = await receive(writing.store, content, change.carries)
  const outcome = await recording(writing.store, received.content, () => take(writing, { file, received, change }))
  if (outcome.using.length < received.keys.length)
    await discardBlobs(
      writing.store,
      received.keys.filter((key) => !outcome.using.includes(key)),
    )
  return outcome.file
}

interface Attempt {
  readonly file: StoredFile
  readonly received: Received
  readonly change: Rewrite
}

/** What has become of a write. */
interface Outcome {
  /** `undefined`: it was refused. */
  readonly file: StoredFile | undefined
  /** The keys of the blobs that rows refer to now. */
  readonly using: readonly string[]
}

const refused: Outcome = { file: undefined, using: [] }

/** How often a question is asked whose answer something has overtaken. */
const mostTries = 100

/** Asks what is to become of the write and does it, again until nothing has come between the two. */
async function take(writing: Writing, attempt: Attempt): Promise<Outcome> {
  for (let tries = 0; tries < mostTries; tries++) {
    const head = await readHead(writing.store, attempt.file.id)
    if (!head) return refused
    const done = await decided(writing, head, attempt)
    if (done) return done
  }
  throw new Error(`${attempt.file.name} never stood still`)
}

async function readHead({ db }: Store, id: string): Promise<Head | undefined> {
  const row = isKey(id) ? await firstOf(headOf(db, { id })) : undefined
  return row && { entry: row, record: row }
}

const headOf = compileOnce(['id'], (db, { id }: { readonly id: string }) =>
  db
    .selectFrom('entries')
    .innerJoin('versions', (join) =>
      join.onRef('versions.file_id', '=', 'entries.id').onRef('versions.sequence', '=', 'entries.sequence'),
    )
    .selectAll('entries')
    .select(['versions.author', 'versions.editors', 'versions.is_autosave', 'versions.squashed_from'])
    .where('entries.id', '=', id)
    .where('entries.state', '=', here),
)

/** `undefined`: something has changed since the question was asked. */
async function decided({ store, memory }: Writing, head: Head, attempt: Attempt): Promise<Outcome | undefined> {
  const { file, received, change } = attempt
  const { entry } = head
  const asIs = change.decide ?? (async () => (entry.version === file.version ? 'replace' : 'refuse'))
  const verdict = await asIs(memory.file(entry))
  if (verdict === 'refuse') return refused
  if (verdict !== 'replace') {
    const { parent_id: parentId } = entry
    const content = received.content
    const made =
      parentId === null ? undefined : await addReceived(store, { parentId, names: verdict.beside, content, change })
    return made ? { file: memory.file(made), using: [content.key] } : refused
  }
  const { size, sha256 } = received.content
  if (change.isUnmodified && entry.size === size && entry.sha256 === sha256)
    return { ...refused, file: memory.file(entry) }
  const published = await publish(store, head, { received, change })
  return published && { file: memory.file(published), using: received.keys }
}
