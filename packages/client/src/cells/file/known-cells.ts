import { ByteReader } from '../binary/byte-reader.ts'
import type { DataElement, ElementBody, StorageIndex } from '../binary/element.ts'
import type { ExtendedGuid } from '../binary/ids.ts'
import { objectTypes } from '../binary/object-types.ts'
import type { CellResponse } from '../binary/read-response.ts'
import type { StreamObject } from '../binary/stream-object.ts'

/** What is known of a partition. It is never changed, but followed by another one. */
export interface KnownCells {
  readonly elements: ReadonlyMap<ExtendedGuid, ElementBody>
  /** The element that the index came in. Null: there is nothing in the partition. */
  readonly indexId: ExtendedGuid
  readonly index: StorageIndex
  /** What is known, as the server says it: it is sent back as it came. */
  readonly knowledge: Uint8Array | undefined
  /** Whether there is more to ask for. */
  readonly isPartial: boolean
}

const nothing: StorageIndex = { manifest: undefined, cells: new Map(), revisions: new Map() }

/** What is known before anything was asked. */
export const nothingKnown: KnownCells = {
  elements: new Map(),
  indexId: '',
  index: nothing,
  knowledge: undefined,
  isPartial: false,
}

/** What is known after an answer to Query Changes. */
export function withAnswer(known: KnownCells, { elements, answers }: CellResponse): KnownCells {
  const data = answers[0]?.data ?? []
  const found = data.find(({ type }) => type === objectTypes.queryChangesResponse)
  const reader = found && new ByteReader(found.content)
  const indexId = reader?.extendedGuid() ?? ''
  const isPartial = reader !== undefined && !reader.isAtEnd && (reader.integer(1) & 1) === 1
  return following({ ...known, isPartial }, { elements, indexId, data })
}

/** What is known after a put was accepted: what was sent, and what the server says became of it. */
export function withPut(known: KnownCells, sent: readonly DataElement[], response: CellResponse): KnownCells {
  const data = response.answers[0]?.data ?? []
  const found = data.find(({ type }) => type === objectTypes.putChangesResponse)
  const applied = found ? new ByteReader(found.content).extendedGuid() : ''
  const sentIndex = sent.find(({ body }) => body.is === 'index')?.id ?? ''
  return following(known, { elements: [...sent, ...response.elements], indexId: applied || sentIndex, data })
}

interface News {
  readonly elements: readonly DataElement[]
  readonly indexId: ExtendedGuid
  readonly data: readonly StreamObject[]
}

function following(known: KnownCells, { elements, indexId, data }: News): KnownCells {
  const all = new Map(known.elements)
  // An index is the state of a moment; of the others, each stays what it is.
  for (const { id, body } of elements) if (body.is !== 'index') all.set(id, body)
  const last = elements.findLast(({ id, body }) => id === indexId && body.is === 'index')?.body
  const isSame = indexId === known.indexId
  const index = last?.is === 'index' ? last.index : isSame ? known.index : nothing
  const knowledge = data.find(({ type }) => type === objectTypes.knowledge)?.bytes ?? known.knowledge
  return { ...known, elements: all, indexId, index, knowledge }
}
