import { bytesOf, chunksOf } from '../content.ts'
import { BadAnswer } from '../failures.ts'
import { fromBase64, toBase64 } from './binary/base64.ts'
import type { CellWire } from './cell-wire.ts'
import { elementsOf, type XmlElement } from './envelope/xml-element.ts'
import { partitions } from './file/file-guids.ts'
import { fileInCells } from './file/file-in-cells.ts'
import { nothingKnown } from './file/known-cells.ts'
import { queryChanges } from './file/query-changes.ts'
import { type CellResult, resultOf } from './refusal.ts'
import { dateOfTicks } from './ticks.ts'

/** Somebody who has the file open. */
export interface CellEditor {
  readonly clientId: string
  readonly name?: string
  readonly login?: string
  readonly email?: string
  readonly sipAddress?: string
  /** Or else they only read. */
  readonly canWrite: boolean
  /** Milliseconds since the epoch. `undefined`: the host does not say. */
  readonly expiresAt?: number
  /** What the client lets others know, by its key. */
  readonly metadata: ReadonlyMap<string, Uint8Array>
}

/** A client that has the file open, and for how long. */
export interface EditingTerms {
  readonly clientId: string
  /** Whether it writes. It does unless said otherwise. */
  readonly asEditor?: boolean
  /** Seconds, 3,600 unless said otherwise. */
  readonly timeout?: number
}

/** The table of who has a file open. */
export interface Editors {
  read(): Promise<CellResult<{ readonly editors: readonly CellEditor[] }>>
  join(terms: EditingTerms): Promise<CellResult>
  refresh(terms: EditingTerms): Promise<CellResult>
  leave(clientId: string): Promise<CellResult>
  /** Lets others know something, by a key. */
  set(clientId: string, key: string, value: Uint8Array): Promise<CellResult>
  remove(clientId: string, key: string): Promise<CellResult>
}

/** The table over a wire. */
export function createEditors(wire: CellWire): Editors {
  const ask = async (request: string, attributes: Record<string, string>, text?: string): Promise<CellResult> =>
    resultOf(await wire.ask('EditorsTable', { EditorsTableRequestType: request, ...attributes }, text), () => ({}))
  const editing = ({ clientId, asEditor = true, timeout = 3600 }: EditingTerms) => ({
    ClientID: clientId,
    AsEditor: String(asEditor),
    Timeout: String(timeout),
  })
  return {
    async read() {
      const answer = await queryChanges(wire, nothingKnown, partitions.editors)
      if (answer.is === 'refused') return answer
      const chunks = fileInCells(answer.known)?.chunks ?? []
      return { is: 'done', editors: await editorsIn(chunks.map(({ bytes }) => bytes)) }
    },
    join: (terms) => ask('JoinEditingSession', editing(terms)),
    refresh: (terms) => ask('RefreshEditingSession', editing(terms)),
    leave: (clientId) => ask('LeaveEditingSession', { ClientID: clientId }),
    set: (clientId, key, value) => ask('UpdateEditorMetadata', { ClientID: clientId, Key: key }, toBase64(value)),
    remove: (clientId, key) => ask('RemoveEditorMetadata', { ClientID: clientId, Key: key }),
  }
}

const prefix = [0x1a, 0x5a, 0x3a, 0x30, 0, 0, 0, 0]
const longestTable = 4 * 1024 * 1024

/** The editors in a table: eight bytes that say that it is one, and compressed XML. */
async function editorsIn(chunks: readonly Uint8Array[]): Promise<CellEditor[]> {
  const bytes = new Uint8Array(await new Blob(chunks.map((chunk) => Uint8Array.from(chunk))).arrayBuffer())
  if (bytes.byteLength === 0) return []
  if (prefix.some((byte, at) => bytes[at] !== byte))
    throw new BadAnswer('the table of editors does not begin as one does')
  const [table] = elementsOf((await inflated(bytes.subarray(prefix.length))).replace(/^[^<]+/, ''))
  return (table?.children ?? []).filter(({ name }) => name === 'Editor').map(editorOf)
}

async function inflated(bytes: Uint8Array): Promise<string> {
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  try {
    return new TextDecoder().decode(await bytesOf(chunksOf(stream), longestTable))
  } catch (cause) {
    throw new BadAnswer('the table of editors cannot be unpacked', { cause })
  }
}

function editorOf({ children }: XmlElement): CellEditor {
  const of = (name: string) => children.find((child) => child.name === name)
  const text = (name: string) => of(name)?.text.trim()
  const expiresAt = dateOfTicks(text('Timeout') ?? '')
  const [name, login, email, sip] = ['FriendlyName', 'LoginName', 'EmailAddress', 'SIPAddress'].map(text)
  return {
    clientId: text('CacheID') ?? '',
    ...(name && { name }),
    ...(login && { login }),
    ...(email && { email }),
    ...(sip && { sipAddress: sip }),
    canWrite: text('HasEditorPermission')?.toLowerCase() === 'true',
    ...(expiresAt !== undefined && { expiresAt }),
    metadata: new Map((of('Metadata')?.children ?? []).map((child) => [child.name, fromBase64(child.text)])),
  }
}
