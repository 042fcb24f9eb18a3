import { WopiError } from '@openwopi/protocol'
import { type ContentProperty, mainContent, type RandomAccess } from '@openwopi/protocol/transfer'
import type { Content, StoredFile } from '../ports.ts'
import type { ContentKey } from '../signatures.ts'
import type { Transferring } from './transferring.ts'

/** Bytes of which any stretch can be opened. */
export interface Source {
  /** `undefined`: they are no longer there. */
  open(start: number, end: number): Promise<Content | undefined>
}

/** The content of a stream at one version. */
export interface StreamSource extends Source {
  readonly key: ContentKey
  /** Bytes. */
  readonly size: number
}

/** All that a file is at one version. */
export interface FileState {
  readonly file: StoredFile
  readonly sequenceNumber: number
  /** By their ids; the file itself is one of them. */
  readonly streams: ReadonlyMap<string, StreamSource>
  readonly properties: readonly ContentProperty[]
}

/** Thrown to whoever reads a state of a file that is no longer there. */
export class MovedOn extends Error {
  override readonly name = 'MovedOn'

  constructor(options?: ErrorOptions) {
    super('the file has changed while it was being read', options)
  }
}

/** What `work` makes of a state of a file. `undefined`: the file has moved on. */
export async function whileItStands<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MovedOn) return undefined
    throw error
  }
}

/** The number of a file's state. A storage that does not count leaves nothing to be compared. */
export function sequenceOf({ sequenceNumber }: StoredFile): number {
  if (sequenceNumber === undefined) throw new WopiError('NotImplemented', {})
  return sequenceNumber
}

/** A file as it is at its version. `undefined`: it is no longer at it. */
export async function stateOf({ storage, streams }: Transferring, file: StoredFile): Promise<FileState | undefined> {
  const carried = await streams.of(file)
  if (!carried) return undefined
  const standing = (content: Content | undefined) => content && whole(content, () => storage.find(file.id), file)
  const main: StreamSource = {
    key: { fileId: file.id, version: file.version },
    size: file.size,
    open: async (start, end) => standing(await storage.read(file, { start, end })),
  }
  const alternates = carried.streams.map((stream): [string, StreamSource] => [
    stream.id,
    {
      key: { fileId: file.id, version: stream.version },
      size: stream.size,
      open: async (start, end) => standing(await streams.read(file, stream, { start, end })),
    },
  ])
  return {
    file,
    sequenceNumber: sequenceOf(file),
    streams: new Map([...alternates, [mainContent, main]]),
    properties: carried.properties,
  }
}

/** Content of one state of a file. That it breaks off because the file has moved on is told from other failures. */
async function* whole(content: Content, find: () => Promise<StoredFile | undefined>, { version }: StoredFile): Content {
  try {
    yield* content
  } catch (cause) {
    throw (await find())?.version === version ? cause : new MovedOn({ cause })
  }
}

/** Does `work` with a file as it is; again, should `work` find that it has changed meanwhile. */
export async function asItStands<T>(
  transfer: Transferring,
  file: StoredFile,
  work: (state: FileState) => Promise<T | undefined>,
): Promise<T> {
  let present: StoredFile | undefined = file
  for (let attempt = 0; attempt < 5 && present; attempt++) {
    const state = await stateOf(transfer, present)
    const done = state && (await whileItStands(() => work(state)))
    if (done) return done
    present = await transfer.storage.find(file.id)
  }
  throw present ? new WopiError('ServerBusy', { retryAfter: '1' }) : new WopiError('NotFound', {})
}

/** The stretches of a source as they are read. */
export const readingOf = ({ size, open }: StreamSource): RandomAccess => ({
  size,
  async *read(start, end) {
    if (end <= start) return
    const content = await open(start, end)
    if (!content) throw new MovedOn()
    yield* content
  },
})
