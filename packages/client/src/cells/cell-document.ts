import { askCells } from './ask-cells.ts'
import type { CellWire } from './cell-wire.ts'
import { changesTo } from './file/changes.ts'
import { type FileInCells, fileInCells } from './file/file-in-cells.ts'
import { type KnownCells, nothingKnown, withPut } from './file/known-cells.ts'
import { queryChanges } from './file/query-changes.ts'
import type { HeldLock } from './locks/held-lock.ts'
import type { CellResult } from './refusal.ts'
import { dateOfFileTime, fileTimeOf } from './ticks.ts'

/** What the host says of a file beside its cells. */
export interface FileState {
  /** Another one after each change. */
  readonly etag?: string
  /** Milliseconds since the epoch. */
  readonly createdAt?: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt?: number
  /** The name of who has changed it last. */
  readonly modifiedBy?: string
}

/** A document as it was last seen in its cells. Its methods wait for each other. */
export interface CellDocument {
  readonly content: Uint8Array
  readonly state: FileState
  /** What of the cells is known, as the host says it. `undefined`: it has not said so. */
  readonly knowledge: Uint8Array | undefined
  /** Asks for what has changed since, and takes it over. */
  update(): Promise<CellResult<{ readonly hasChanged: boolean }>>
  /**
   * Puts content in place of what was last seen, of which only what is new is sent. If somebody else has put something
   * meanwhile, it is refused with the fault 12 of a cell: `update`, and put again what both shall become.
   */
  put(content: Uint8Array, said?: PutSaid): Promise<CellResult<{ readonly sentBytes: number }>>
}

/** What a client may say of the content that it puts. The host keeps it, and tells it with `docMetaInfo`. */
export interface PutSaid {
  /** When it was changed, in milliseconds since the epoch. Absent: now. */
  readonly modifiedAt?: number
  /** What the client calls this change. */
  readonly contentChangeUnit?: string
  /** What the client calls the file. */
  readonly clientFileId?: string
  /** Whether others work on the file too, and save it: it need not be kept as a version of its own. */
  readonly amongOthers?: boolean
}

const saidAttributes = ({ modifiedAt, contentChangeUnit, clientFileId, amongOthers }: PutSaid) => ({
  LastModifiedTime: modifiedAt === undefined ? undefined : fileTimeOf(modifiedAt),
  ContentChangeUnit: contentChangeUnit,
  ClientFileID: clientFileId,
  CoauthVersioning: amongOthers === undefined ? undefined : String(amongOthers),
})

/** The document in a file's cells. */
export async function openDocument(wire: CellWire, held: HeldLock): Promise<CellResult<{ document: CellDocument }>> {
  const answer = await queryChanges(wire, nothingKnown)
  if (answer.is === 'refused') return answer
  return { is: 'done', document: documentOf({ wire, held }, answer.known, stateOf(answer.attributes)) }
}

/** A document in a file that is not there yet. */
export async function createDocument(
  wire: CellWire,
  held: HeldLock,
  content: Uint8Array,
): Promise<CellResult<{ document: CellDocument }>> {
  const document = documentOf({ wire, held, isNew: true }, nothingKnown, {})
  const put = await document.put(content)
  return put.is === 'refused' ? put : { is: 'done', document }
}

interface Surroundings {
  readonly wire: CellWire
  readonly held: HeldLock
  /** There must be no file when it is first put. */
  readonly isNew?: boolean
}

function documentOf(
  { wire, held, isNew = false }: Surroundings,
  first: KnownCells,
  firstState: FileState,
): CellDocument {
  let [known, state, file] = [first, firstState, fileInCells(first)]
  let content = contentOf(file)
  let last: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
  const seen = (next: KnownCells, attributes: Readonly<Record<string, string>>): void => {
    file = fileInCells(next)
    content = contentOf(file)
    known = next
    state = { ...state, ...stateOf(attributes) }
  }

  async function update(): Promise<CellResult<{ hasChanged: boolean }>> {
    const answer = await queryChanges(wire, known)
    if (answer.is === 'refused') return answer
    const before = file?.revision.revision
    seen(answer.known, answer.attributes)
    return { is: 'done', hasChanged: file?.revision.revision !== before }
  }

  async function put(to: Uint8Array, said: PutSaid = {}): Promise<CellResult<{ sentBytes: number }>> {
    const changes = await changesTo({ known, file, content: to, newGuid: wire.newGuid })
    const expectsNone = isNew && known.indexId === '' ? { ExpectNoFileExists: 'true', Etag: '' } : {}
    const attributes = {
      ...{ Coalesce: 'true', GetFileProps: 'true', ...expectsNone },
      ...held.attributes(),
      ...saidAttributes(said),
    }
    const answer = await askCells(wire, { ask: 'put', changes, lock: held.guid() }, { attributes })
    if (answer.is === 'refused') return answer
    seen(withPut(known, changes.elements, answer.response), answer.attributes)
    return { is: 'done', sentBytes: changes.freshBytes }
  }

  return {
    get content() {
      return content
    },
    get state() {
      return state
    },
    get knowledge() {
      return known.knowledge
    },
    update: () => inTurn(update),
    put: (to, said) => inTurn(() => put(to, said)),
  }
}

function contentOf(file: FileInCells | undefined): Uint8Array {
  const chunks = file?.chunks ?? []
  const content = new Uint8Array(chunks.reduce((size, { bytes }) => size + bytes.byteLength, 0))
  chunks.reduce((at, { bytes }) => {
    content.set(bytes, at)
    return at + bytes.byteLength
  }, 0)
  return content
}

function stateOf({ Etag, CreateTime, LastModifiedTime, ModifiedBy }: Readonly<Record<string, string>>): FileState {
  const [createdAt, modifiedAt] = [CreateTime, LastModifiedTime].map((time) => time && dateOfFileTime(time))
  return {
    ...(Etag && { etag: Etag }),
    ...(typeof createdAt === 'number' && { createdAt }),
    ...(typeof modifiedAt === 'number' && { modifiedAt }),
    ...(ModifiedBy && { modifiedBy: ModifiedBy }),
  }
}
