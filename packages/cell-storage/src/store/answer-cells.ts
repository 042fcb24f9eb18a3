import { isGuid } from '../bytes/guid.ts'
import { CellFault, cellFault, type Fault, protocolFault } from '../faults/cell-fault.ts'
import { resultFaults } from '../faults/fault-codes.ts'
import { partitions } from '../known-guids.ts'
import type { DataElement } from '../objects/element.ts'
import { type CellRequest, requestTypes, type SubRequest } from '../objects/request.ts'
import { type CellResponse, isFault, type SubResponse, type SubResult } from '../objects/response.ts'
import { allocateRange } from './allocate-range.ts'
import type { CellStore } from './cell-store.ts'
import { emptyPartition, type Partition } from './partition.ts'
import { queryChanges } from './query-changes.ts'

/** What a request for cells is answered from. */
export interface CellScope {
  readonly store: CellStore
  /** The id of the file. */
  readonly file: string
  /** The partition of sub-requests that name none: a GUID. That of the content unless said otherwise. */
  readonly partition?: string
  readonly canWrite: boolean
  /** How many bytes of elements are sent at once. */
  readonly maxBytes: number
  /** Makes GUIDs that nobody else has. */
  readonly newGuid: () => string
}

/** What a sub-request came to, with the elements that go with it. */
interface Outcome {
  readonly result: SubResult | Fault
  readonly elements: readonly DataElement[]
}

/** Answers a request part by part, those of lower priority first. A part that fails has changed nothing. */
export async function answerCells(request: CellRequest, scope: CellScope): Promise<CellResponse> {
  const order = request.subRequests
    .map((subRequest, place) => ({ subRequest, place }))
    .sort((one, other) => compare(one.subRequest.priority, other.subRequest.priority) || one.place - other.place)
  const elements = new Map<string, DataElement>()
  const subResponses: SubResponse[] = []
  for (const { subRequest } of order) {
    const outcome = await answerPart(subRequest, scope)
    for (const element of outcome.elements) elements.set(element.id, element)
    subResponses.push({ id: subRequest.id, number: numberOf(subRequest), outcome: outcome.result })
  }
  return { version: request.version, elements: [...elements.values()], subResponses }
}

const compare = (one: bigint, other: bigint) => (one < other ? -1 : one > other ? 1 : 0)
const numberOf = (subRequest: SubRequest) =>
  subRequest.type === 'other' ? subRequest.number : requestTypes[subRequest.type]

/** Whether all parts of a request were carried out. */
export const isCarriedOut = (response: CellResponse): boolean =>
  !response.fault && response.subResponses.every(({ outcome }) => !isFault(outcome))

async function answerPart(subRequest: SubRequest, scope: CellScope): Promise<Outcome> {
  try {
    return await carriedOut(subRequest, scope)
  } catch (error) {
    if (error instanceof CellFault) return { result: error.fault, elements: [] }
    throw error
  }
}

async function carriedOut(subRequest: SubRequest, scope: CellScope): Promise<Outcome> {
  switch (subRequest.type) {
    case 'queryAccess':
      return {
        result: { type: 'queryAccess', read: 0, write: scope.canWrite ? 0 : resultFaults.AccessDenied },
        elements: [],
      }
    case 'queryChanges':
      return queryChanges(await partitionOf(subRequest, scope), subRequest, scope)
    case 'allocateRange':
      return { result: allocateRange(subRequest, scope.newGuid), elements: [] }
    case 'putChanges':
      throw cellFault('RequestNotSupported')
    case 'other':
      throw cellFault('UnknownRequest', `there is no request of type ${subRequest.number}`)
  }
}

/** A partition in which nothing was put is empty. */
async function partitionOf({ partition }: SubRequest, scope: CellScope): Promise<Partition> {
  const named = partition ?? scope.partition ?? partitions.content
  if (!isGuid(named)) throw protocolFault('InvalidRequest', 'a partition is named by a GUID')
  const place = { file: scope.file, partition: named.toLowerCase() }
  return (await scope.store.read(place)) ?? emptyPartition(scope.newGuid())
}
