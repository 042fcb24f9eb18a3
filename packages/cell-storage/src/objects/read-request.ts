import type { Filter } from './filter.ts'
import { readFilter } from './filter.ts'
import { readKnowledge } from './knowledge.ts'
import { defaultLimits, type Message, type MessageLimits, readMessage } from './message.ts'
import { readPackage } from './read-element.ts'
import {
  type AllocateRange,
  type CellRequest,
  type PutChanges,
  type QueryChanges,
  requestTypes,
  type SubRequest,
  type UserAgent,
} from './request.ts'
import { findObject, needObject, type ObjectNamed, objectsNamed, type StreamObject } from './stream-object.ts'

type Objects = readonly StreamObject[]

/** Reads a request. What is wrong with it is a `CellFault`. */
export const readRequest = (bytes: Uint8Array, limits: MessageLimits = defaultLimits): CellRequest =>
  requestOf(readMessage(bytes, 'request', limits))

/** What the objects of a message ask for. What is wrong with that is a `CellFault`. */
export function requestOf({ version, object: { children } }: Message<'request'>): CellRequest {
  const userAgent = findObject(children, 'userAgent')
  const hashing = findObject(children, 'hashing')
  const roundTrip = findObject(children, 'roundTrip')
  const elements = findObject(children, 'elementPackage')
  return {
    version,
    ...(userAgent && { userAgent: readUserAgent(userAgent) }),
    ...(hashing && { hashing: hashing.values }),
    ...(roundTrip && { roundTrip: roundTrip.values.flags }),
    subRequests: objectsNamed(children, 'subRequest').map(readSubRequest),
    ...(elements && { elements: readPackage(elements) }),
  }
}

const readUserAgent = ({ children }: ObjectNamed<'userAgent'>): UserAgent => ({
  ...findObject(children, 'userAgentGuid')?.values,
  ...findObject(children, 'userAgentClient')?.values,
  ...findObject(children, 'userAgentVersion')?.values,
})

function readSubRequest({ values: { id, type, priority }, children }: ObjectNamed<'subRequest'>): SubRequest {
  const partition = findObject(children, 'targetPartition')?.values
  const about = { id, priority, ...partition }
  if (type === requestTypes.queryAccess) return { ...about, type: 'queryAccess' }
  if (type === requestTypes.queryChanges) return { ...about, ...readQueryChanges(children) }
  if (type === requestTypes.putChanges) return { ...about, ...readPutChanges(children) }
  if (type === requestTypes.allocateRange) return { ...about, ...readAllocateRange(children) }
  return { ...about, type: 'other', number: type }
}

function readQueryChanges(objects: Objects): QueryChanges {
  const { flags, more } = needObject(objects, 'queryChanges').values
  const given = findObject(objects, 'queryArguments')
  const constraint = findObject(objects, 'queryConstraint')
  const version = findObject(objects, 'queryVersion')
  const knowledge = findObject(objects, 'knowledge')
  return {
    type: 'queryChanges',
    flags,
    ...(more && { more }),
    ...(given && { arguments: given.values }),
    ...constraint?.values,
    ...version?.values,
    filters: readFilters(objects),
    ...(knowledge && { knowledge: readKnowledge(knowledge) }),
  }
}

/** Flags are those of the filter that they follow. */
function readFilters(objects: Objects): Filter[] {
  const filters: Filter[] = []
  for (const object of objects) {
    if (object.name === 'filter') filters.push(readFilter(object))
    const last = object.name === 'filterFlags' ? filters.pop() : undefined
    if (last && object.name === 'filterFlags') {
      filters.push({ ...last, failsIfUnsupported: object.values.flags.failIfUnsupported })
    }
  }
  return filters
}

function readPutChanges(objects: Objects): PutChanges {
  const { contentVersion, authors, reserved, ...put } = needObject(objects, 'putChanges').values
  const more = findObject(objects, 'morePutFlags')
  const lock = findObject(objects, 'lockId')
  const knowledge = findObject(objects, 'knowledge')
  const chain = findObject(objects, 'chain')
  return {
    type: 'putChanges',
    ...put,
    ...(contentVersion && { contentVersion }),
    ...(authors && { authors }),
    ...(reserved !== undefined && { reserved }),
    ...(more && { more: more.values.flags }),
    ...lock?.values,
    ...(knowledge && { knowledge: readKnowledge(knowledge) }),
    ...(chain && { forcesRevisionChain: chain.values.flags.forceRevisionChainOptimization }),
  }
}

function readAllocateRange(objects: Objects): AllocateRange {
  const { count, reserved } = needObject(objects, 'allocateRange').values
  return { type: 'allocateRange', count, ...(reserved !== undefined && { reserved }) }
}
