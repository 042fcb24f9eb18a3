import { nullCellId } from '../bytes/cell-id.ts'
import { type ExtendedGuid, extendedGuidOf, nullExtendedGuid } from '../bytes/extended-guid.ts'
import { flagsWith } from '../bytes/fields.ts'
import type { SerialNumber } from '../bytes/serial-number.ts'
import { cellFault } from '../faults/cell-fault.ts'
import type { DataElement } from '../objects/element.ts'
import { elementSize } from '../objects/element-size.ts'
import { resultFlags } from '../objects/flag-names.ts'
import { type Knowledge, noKnowledge } from '../objects/knowledge.ts'
import type { QueryChanges } from '../objects/request.ts'
import type { ChangesResult } from '../objects/response.ts'
import { elementBytes } from '../objects/write-element.ts'
import { type Graph, graphOf } from './graph.ts'
import { isKnownIn, knowledgeOf } from './known.ts'
import { passing } from './matching.ts'
import { isEmpty, type Partition } from './partition.ts'

/** What Query Changes answers, with the elements that go with it. */
export interface Changes {
  readonly result: ChangesResult
  readonly elements: readonly DataElement[]
}

/** How much is sent at once. */
export interface QueryLimits {
  /** Bytes of elements. At least one element is sent, or a fragment of one. */
  readonly maxBytes: number
  /** Makes GUIDs that nobody else has. */
  readonly newGuid: () => string
  /** Whether the client is given a token for the state of the partition. */
  readonly withToken?: boolean
}

/** What a client does not have yet of a partition, of what it asks for. */
export function queryChanges(partition: Partition, query: QueryChanges, limits: QueryLimits): Changes {
  if (query.filters.length > mostFilters) throw cellFault('InvalidArgument', `more than ${mostFilters} filters`)
  const knowledge = query.knowledge ?? noKnowledge
  const isKnown = isKnownIn(knowledge, partition.serialGuid)
  const graph = graphOf(partition)
  const passes = passing(query.filters, graph)
  const wanted = candidates(partition, query, graph)
  const unknown = unknownAmong(partition, wanted, { query, isKnown, graph })
  const chosen = unknown.filter(passes)
  const sends = sending(chosen, query, knowledge, limits)
  const has = new Set([...sends.whole, ...(query.flags.includeFilteredOutInKnowledge ? except(unknown, chosen) : [])])
  const missing = everythingIn(partition).filter((each) => !has.has(each) && !isKnown(each.serial))
  const index = isEmpty(partition) ? [] : [partition.index].filter(passes)
  return {
    elements: [...sends.elements, ...index],
    result: {
      type: 'queryChanges',
      index: index[0]?.id ?? nullExtendedGuid,
      flags: flagsWith(resultFlags, sends.isPartial ? ['partial'] : []),
      knowledge: isEmpty(partition)
        ? noKnowledge
        : knowledgeOf(
            partition,
            missing.flatMap(({ serial }) => serial?.value ?? []),
            { fragments: sends.fragments, withToken: limits.withToken ?? false },
          ),
    },
  }
}

/** Each may have to look at all elements. */
const mostFilters = 64
/** With more of them, which are touched takes longer to find out than to send everything. */
const mostCells = 256

const everythingIn = ({ elements }: Partition): readonly DataElement[] => [...elements.values()]

const except = (all: readonly DataElement[], some: readonly DataElement[]) => {
  const gone = new Set(some)
  return all.filter((each) => !gone.has(each))
}

/** What a client asks for, whether it has it or not. */
function candidates({ elements }: Partition, query: QueryChanges, graph: Graph): DataElement[] {
  const { include, cell } = query.arguments ?? { include: undefined, cell: nullCellId }
  const ids = cell === nullCellId ? graph.everything : graph.below({ cell }, true)
  const manifest = graph.at({ manifest: true })
  const takesManifest = include?.includeStorageManifest ?? true
  const found = [...ids].flatMap((id) => elements.get(id) ?? [])
  const cells = (include?.includeCellChanges ?? true) ? found.filter(({ body }) => body.type !== 'storageManifest') : []
  return [...(takesManifest && manifest ? [manifest] : []), ...cells]
}

interface Asked {
  readonly query: QueryChanges
  readonly isKnown: (serial: SerialNumber | undefined) => boolean
  readonly graph: Graph
}

/** Those that a client does not have. Where it has a part of a cell only, it may ask for all of the cell. */
function unknownAmong({ index }: Partition, wanted: readonly DataElement[], { query, isKnown, graph }: Asked) {
  const unknown = wanted.filter(({ serial }) => !isKnown(serial))
  if (!query.flags.roundKnowledgeToWholeCells || unknown.length === 0) return unknown
  const { cells } = index.body
  if (cells.length > mostCells) return wanted
  const ids = new Set(unknown.map(({ id }) => id))
  const whole = new Set(ids)
  for (const { cell } of cells) {
    const below = [...graph.below({ cell }, true)]
    if (below.some((id) => ids.has(id))) for (const id of below) whole.add(id)
  }
  return wanted.filter(({ id }) => whole.has(id))
}

/** What of the chosen elements is sent now. */
interface Sending {
  /** Those that are sent to their ends. */
  readonly whole: readonly DataElement[]
  readonly elements: readonly DataElement[]
  readonly fragments: Knowledge['fragments']
  readonly isPartial: boolean
}

/** As many elements as there is room for. One that is larger than the room is sent in fragments, to who takes them. */
function sending(
  chosen: readonly DataElement[],
  { flags, mostBytes = 0n }: QueryChanges,
  { fragments: had }: Knowledge,
  { maxBytes, newGuid }: QueryLimits,
): Sending {
  const room = mostBytes > 0n && mostBytes < maxBytes ? Number(mostBytes) : maxBytes
  const whole: DataElement[] = []
  let used = 0
  for (const [index, element] of chosen.entries()) {
    const size = elementSize(element)
    const isFirst = index === 0
    if (isFirst && size > room && (flags.allowFragments || flags.allowFragments2)) {
      const sent = nextFragment(element, had, room, newGuid)
      const isWhole = sent.end === sent.size && chosen.length === 1
      const stretch = { start: 0, length: sent.end }
      return {
        whole: sent.end === sent.size ? [element] : [],
        elements: [sent.fragment],
        fragments: [{ element: element.id, size: sent.size, stretch }],
        isPartial: !isWhole,
      }
    }
    if (!isFirst && used + size > room) return { whole, elements: whole, fragments: [], isPartial: true }
    used += size
    whole.push(element)
  }
  return { whole, elements: whole, fragments: [], isPartial: false }
}

/** The next stretch of an element behind what a client has of it, by its knowledge of fragments. */
function nextFragment(element: DataElement, had: Knowledge['fragments'], room: number, newGuid: () => string) {
  const bytes = elementBytes(element)
  const before = had.find(
    (each) => each.element === element.id && each.size === bytes.length && each.stretch.start === 0,
  )
  const start = before && before.stretch.length < bytes.length ? before.stretch.length : 0
  const end = Math.min(bytes.length, start + Math.max(1, room))
  const id: ExtendedGuid = extendedGuidOf(newGuid(), 1)
  const body = {
    type: 'fragment',
    element: element.id,
    size: bytes.length,
    start,
    bytes: bytes.subarray(start, end),
  } as const
  const fragment: DataElement = { id, serial: element.serial, body }
  return { fragment, end, size: bytes.length }
}
