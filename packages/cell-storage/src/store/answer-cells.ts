import { isGuid } from '../bytes/guid.ts'
import { CellFault, cellFault, type Fault, protocolFault, resultFault } from '../faults/cell-fault.ts'
import { resultFaults } from '../faults/fault-codes.ts'
import { partitions } from '../known-guids.ts'
import type { DataElement } from '../objects/element.ts'
import { type CellRequest, type QueryChanges, requestTypes, type SubRequest } from '../objects/request.ts'
import { type CellResponse, isFault, type SubResponse, type SubResult } from '../objects/response.ts'
import { allocateRange } from './allocate-range.ts'
import { partitionAsked, type VersionSource } from './asked-version.ts'
import { partitionToRead } from './current-partition.ts'
import type { Partition, PartitionPlace } from './partition.ts'
import type { PutOptions } from './put-changes.ts'
import { queryChanges } from './query-changes.ts'
import { saveChanges } from './save-changes.ts'
import { spendOnReading } from './work.ts'

/** What a request for cells is answered from. */
export interface CellScope extends VersionSource, PutOptions {
  /** The id of the file. */
  readonly file: string
  /** The partition of sub-requests that name none: a GUID. That of the content unless said otherwise. */
  readonly partition?: string
  readonly canWrite: boolean
  /** How many bytes of a file are read, written and sent at once. */
  readonly maxBytes: number
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
  let isAborted = false
  for (const { subRequest } of order) {
    const outcome: Outcome =
      isAborted && subRequest.type === 'putChanges' ? aborted : await answerPart(subRequest, request, scope)
    isAborted ||=
      subRequest.type === 'putChanges' && subRequest.flags.abortRemainingOnFailure && isFault(outcome.result)
    for (const element of outcome.elements) elements.set(element.id, element)
    subResponses.push({ id: subRequest.id, number: numberOf(subRequest), outcome: outcome.result })
  }
  return { version: request.version, elements: [...elements.values()], subResponses }
}

/** Answers each part of a request with the same fault. */
export const refusedCells = ({ version, subRequests }: CellRequest, outcome: Fault): CellResponse => ({
  version,
  subResponses: subRequests.map((subRequest) => ({ id: subRequest.id, number: numberOf(subRequest), outcome })),
})

const aborted: Outcome = { result: cellFault('AbortedAfterFailedPut').fault, elements: [] }
const compare = (one: bigint, other: bigint) => (one < other ? -1 : one > other ? 1 : 0)
const numberOf = (subRequest: SubRequest) =>
  subRequest.type === 'other' ? subRequest.number : requestTypes[subRequest.type]

/** Whether all parts of a request were carried out. */
export const isCarriedOut = (response: CellResponse): boolean =>
  !response.fault && response.subResponses.every(({ outcome }) => !isFault(outcome))

async function answerPart(subRequest: SubRequest, request: CellRequest, scope: CellScope): Promise<Outcome> {
  try {
    return await carriedOut(subRequest, request, scope)
  } catch (error) {
    if (error instanceof CellFault) return { result: error.fault, elements: [] }
    throw error
  }
}

async function carriedOut(
  subRequest: SubRequest,
  { elements = [], roundTrip }: CellRequest,
  scope: CellScope,
): Promise<Outcome> {
  const told = { ...scope, withToken: roundTrip?.returnVersionToken ?? false }
  switch (subRequest.type) {
    case 'queryAccess':
      await partitionToRead(placeOf(subRequest, scope), scope)
      return {
        result: { type: 'queryAccess', read: 0, write: scope.canWrite ? 0 : resultFaults.AccessDenied },
        elements: [],
      }
    case 'queryChanges':
      return queryChanges(await partitionToQuery(subRequest, scope), subRequest, told)
    case 'allocateRange':
      return { result: allocateRange(subRequest, scope.newGuid), elements: [] }
    case 'putChanges':
      if (!scope.canWrite) throw resultFault('AccessDenied', 'the caller may not write')
      return saveChanges(placeOf(subRequest, scope), subRequest, elements, told)
    case 'other':
      throw cellFault('UnknownRequest', `there is no request of type ${subRequest.number}`)
  }
}

async function partitionToQuery(query: SubRequest & QueryChanges, scope: CellScope): Promise<Partition> {
  const partition = await partitionAsked(placeOf(query, scope), query.version, scope)
  spendOnReading(scope.work, partition)
  return partition
}

function placeOf({ partition }: SubRequest, scope: CellScope): PartitionPlace {
  const named = partition ?? scope.partition ?? partitions.content
  if (!isGuid(named)) throw protocolFault('InvalidRequest', 'a partition is named by a GUID')
  return { file: scope.file, partition: named.toLowerCase() }
}
