import type { Content, Rewrite, StoredFile, Verdict } from '@openwopi/host'
import { discardBlobs } from './blob-states.ts'
import { addReceived } from './create-file.ts'
import { type FileEntry, fileEntry } from './entries.ts'
import { isKey } from './names.ts'
import { publish } from './publish.ts'
import type { ReadMemory } from './read-memory.ts'
import { type Received, receive } from './receive.ts'
import type { Store } from './store.ts'
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
  const { store, memory } = writing
  const { file } = attempt
  const found = memory.entryOf(file)
  const unread = found && (await replacedAsFound(writing, found, attempt))
  if (unread) return unread
  for (let tries = 0; tries < mostTries; tries++) {
    const entry = isKey(file.id) ? await fileEntry(store, file.id) : undefined
    if (!entry) return refused
    const done = await decided(writing, entry, attempt)
    if (done) return done
  }
  throw new Error(`${file.name} never stood still`)
}

/**
 * Replaces the file without reading it again, if that is what is to become of it as it was found: the transaction that does
 * so finds out whether it is still the same. `undefined`: it is to be read again; nothing else may be told of it, or done
 * with it, by what it was.
 */
async function replacedAsFound(writing: Writing, found: FileEntry, attempt: Attempt): Promise<Outcome | undefined> {
  const verdict = await verdictOn(writing, found, attempt)
  return verdict === 'replace' && !leavesAsIs(found, attempt) ? replaced(writing, found, attempt) : undefined
}

/** `undefined`: something has changed since the question was asked. */
async function decided(writing: Writing, entry: FileEntry, attempt: Attempt): Promise<Outcome | undefined> {
  const verdict = await verdictOn(writing, entry, attempt)
  if (verdict === 'refuse') return refused
  if (verdict !== 'replace') return placedBeside(writing, entry, { ...attempt, names: verdict.beside })
  if (leavesAsIs(entry, attempt)) return { ...refused, file: writing.memory.file(entry) }
  return replaced(writing, entry, attempt)
}

async function verdictOn({ memory }: Writing, entry: FileEntry, { file, change }: Attempt): Promise<Verdict> {
  if (change.decide) return change.decide(memory.file(entry))
  return entry.version === file.version ? 'replace' : 'refuse'
}

/** Whether the user has changed nothing, and the bytes are those that are there. */
const leavesAsIs = ({ size, sha256 }: FileEntry, { change, received: { content } }: Attempt): boolean =>
  change.isUnmodified === true && size === content.size && sha256 === content.sha256

async function replaced(
  { store, memory }: Writing,
  entry: FileEntry,
  { received, change }: Attempt,
): Promise<Outcome | undefined> {
  const published = await publish(store, entry, { received, change })
  return published && { file: memory.file(published), using: received.keys }
}

async function placedBeside(
  { store, memory }: Writing,
  { parent_id: parentId }: FileEntry,
  { received: { content }, change, names }: Attempt & { readonly names: Iterable<string> },
): Promise<Outcome> {
  const made = parentId === null ? undefined : await addReceived(store, { parentId, names, content, change })
  return made ? { file: memory.file(made), using: [content.key] } : refused
}
