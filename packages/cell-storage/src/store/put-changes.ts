import { type ExtendedGuid, nullExtendedGuid } from '../bytes/extended-guid.ts'
import { cellFault } from '../faults/cell-fault.ts'
import type { DataElement, StorageIndex } from '../objects/element.ts'
import { elementSize } from '../objects/element-size.ts'
import { noKnowledge } from '../objects/knowledge.ts'
import type { PutChanges } from '../objects/request.ts'
import type { PutResult } from '../objects/response.ts'
import { elementBytes } from '../objects/write-element.ts'
import { assembled } from './assembled.ts'
import { checkCoherency } from './coherency.ts'
import { type Commit, committed } from './commit.ts'
import { graphOf, waysFrom } from './graph.ts'
import { isKnownIn, knowledgeOf } from './known.ts'
import { withoutOldRevisions } from './old-revisions.ts'
import type { Partition } from './partition.ts'

/** What Put Changes makes of a partition, and answers. */
export interface PutOutcome {
  readonly partition: Partition
  readonly result: PutResult
  readonly elements: readonly DataElement[]
}

/** What Put Changes takes from its surroundings. */
export interface PutOptions {
  /** Whether the partition is that of the content of a file. */
  readonly isFile?: boolean
  /** Makes GUIDs that nobody else has. */
  readonly newGuid: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How large a file may be, and how many bytes of elements may wait for the last part of a put. */
  readonly maxBytes: number
  /** Whether the client is given a token for the state of the partition. */
  readonly withToken?: boolean
  /** Whether the put has been accepted already, and is not asked any more whether it may be. */
  readonly isAccepted?: boolean
}

/** How long the parts of a put wait for the last one, in milliseconds. */
const patience = 60 * 60 * 1000

/** The partition with what a client puts into it; what is brought is taken as it lies. What cannot be put is a `CellFault`. */
export function putChanges(
  partition: Partition,
  put: PutChanges,
  brought: readonly DataElement[],
  options: PutOptions,
): PutOutcome {
  const waiting = waitingIn(partition, options.now())
  if (put.flags.partial) return putAside(partition, put, [...waiting, ...brought], options)
  const given = assembled(put.flags.partialLast ? [...waiting, ...brought] : brought)
  const index = indexAmong(given, put.index, partition)
  const expected = put.expected === nullExtendedGuid ? undefined : indexAmong(given, put.expected, partition)
  const current = partition.index.body
  if (!options.isAccepted) checkCoherency({ current, index, expected, put, yielding: new Set(partition.yielding) })
  if (put.more?.checkForIdReuse) checkIds(partition, given)
  const { pending: _, ...settled } = partition
  const whole = committed(settled, commitOf(partition, index, given, put), options.newGuid)
  checkReferences(whole, partition, index)
  if (put.more?.requireStorageMappingsRooted) checkRooted(whole)
  const next = options.isFile ? withoutOldRevisions(whole, index, options.maxBytes) : whole
  return outcomeOf(next, { before: partition, put, ...options })
}

const waitingIn = ({ pending }: Partition, now: number): readonly DataElement[] =>
  pending && pending.expiresAt > now ? pending.elements : []

/** Keeps the elements of a part until the last one comes. */
function putAside(
  partition: Partition,
  { index }: PutChanges,
  elements: readonly DataElement[],
  { now, maxBytes }: PutOptions,
): PutOutcome {
  if (index !== nullExtendedGuid) throw cellFault('InvalidArgument', 'a part of a put has no storage index')
  const size = elements.reduce((sum, element) => sum + elementSize(element), 0)
  if (size > maxBytes) throw cellFault('StorageFailure', `the parts of a put have more than ${maxBytes} bytes`)
  const pending = { elements, expiresAt: now() + patience }
  return {
    partition: { ...partition, version: partition.version + 1, pending },
    result: { type: 'putChanges', knowledge: noKnowledge },
    elements: [],
  }
}

/** The storage index that is called so, among the elements of a put, or the one that holds now. */
function indexAmong(given: readonly DataElement[], id: ExtendedGuid, partition: Partition): StorageIndex {
  const body =
    given.find((element) => element.id === id)?.body ?? (id === partition.index.id ? partition.index.body : undefined)
  if (body?.type !== 'storageIndex') throw cellFault('ReferencedElementNotFound', `there is no storage index ${id}`)
  return body
}

/** An element never changes, so one id stands for one content. */
function checkIds({ elements }: Partition, given: readonly DataElement[]): void {
  const bytesOf = (element: DataElement) => Buffer.from(elementBytes({ ...element, serial: undefined }))
  for (const element of given) {
    const known = elements.get(element.id)
    if (known && !bytesOf(known).equals(bytesOf(element))) {
      throw cellFault('ExtendedGuidCollision', `the element ${element.id} is there already, with another content`)
    }
  }
}

/** The keys of a new index are put to those that hold, or replace them. */
function commitOf(
  { index: { body } }: Partition,
  index: StorageIndex,
  given: readonly DataElement[],
  { more }: PutChanges,
): Commit {
  const before = more?.fullFileReplacePut ? undefined : body
  const cells = [...(before?.cells ?? []), ...index.cells]
  const revisions = [...(before?.revisions ?? []), ...index.revisions]
  return {
    manifest: index.manifest?.element ?? before?.manifest?.element,
    cells: new Map(cells.map(({ cell, element }) => [cell, element])),
    revisions: new Map(revisions.map(({ revision, element }) => [revision, element])),
    elements: given.filter(({ body: { type } }) => type !== 'storageIndex' && type !== 'fragment'),
  }
}

/** What the new keys lead to is there, and everything that is new below them. */
function checkReferences(next: Partition, before: Partition, { manifest, cells, revisions }: StorageIndex): void {
  const graph = graphOf(next)
  const need = (id: ExtendedGuid) => {
    if (!next.elements.has(id)) throw cellFault('ReferencedElementNotFound', `the element ${id} is missing`)
  }
  for (const { element } of [...(manifest ? [manifest] : []), ...cells, ...revisions]) need(element)
  for (const { id, body } of next.elements.values()) {
    if (before.elements.has(id)) continue
    const ways = waysFrom(body)
    for (const way of ways.elements) need(way)
    const keys = body.type === 'cellManifest' || body.type === 'revisionManifest' ? ways.keys : []
    if (keys.some((key) => !graph.at(key))) {
      throw cellFault('ReferencedElementNotFound', `the element ${id} refers to a revision that is missing`)
    }
  }
}

function checkRooted(next: Partition): void {
  const rooted = graphOf(next).below({ manifest: true }, true)
  const { cells, revisions } = next.index.body
  const loose = [...cells, ...revisions].find(({ element }) => !rooted.has(element))
  if (loose) throw cellFault('CoherencyFailure', `nothing leads from the storage manifest to ${loose.element}`)
}

interface Answering extends Pick<PutOptions, 'withToken'> {
  readonly before: Partition
  readonly put: PutChanges
}

function outcomeOf(next: Partition, { before, put, withToken = false }: Answering): PutOutcome {
  const isKnown = isKnownIn(put.knowledge ?? noKnowledge, next.serialGuid)
  const added = [...next.elements.keys()].filter((id) => !before.elements.has(id))
  const news = new Set(added)
  const missing = [...next.elements.values()].filter(({ id, serial }) => !news.has(id) && !isKnown(serial))
  const returnsIndex = put.more?.returnAppliedStorageIndex ?? false
  const returnsAdded = put.more?.returnDataElementsAdded ?? false
  const applied = { index: returnsIndex ? next.index.id : nullExtendedGuid, added: returnsAdded ? added : [] }
  return {
    partition: next,
    elements: returnsIndex ? [next.index] : [],
    result: {
      type: 'putChanges',
      ...((returnsIndex || returnsAdded) && { applied }),
      knowledge: knowledgeOf(
        next,
        missing.flatMap(({ serial }) => serial?.value ?? []),
        { withToken },
      ),
      ...(put.forcesRevisionChain !== undefined && { forced: false }),
    },
  }
}
