import { filterObjects } from './filter.ts'
import { knowledgeObject } from './knowledge.ts'
import { messageBytes } from './message.ts'
import {
  type CellRequest,
  type PutChanges,
  type QueryChanges,
  requestTypes,
  type SubRequest,
  type UserAgent,
} from './request.ts'
import { type StreamObject, streamObject } from './stream-object.ts'
import { packageObject } from './write-element.ts'

/** The bytes of a request. */
export function writeRequest(request: CellRequest): Uint8Array {
  const { version, userAgent, hashing, roundTrip, subRequests, elements } = request
  return messageBytes(
    version,
    streamObject('request', {}, [
      ...(userAgent ? [userAgentObject(userAgent)] : []),
      ...(hashing ? [streamObject('hashing', hashing)] : []),
      ...(roundTrip ? [streamObject('roundTrip', { flags: roundTrip })] : []),
      ...subRequests.map(subRequestObject),
      ...(elements ? [packageObject(elements)] : []),
    ]),
  )
}

function userAgentObject({ guid, client, platform, version }: UserAgent): StreamObject {
  const named = client !== undefined || platform !== undefined
  return streamObject('userAgent', {}, [
    ...(guid ? [streamObject('userAgentGuid', { guid })] : []),
    ...(named ? [streamObject('userAgentClient', { client: client ?? '', platform: platform ?? '' })] : []),
    ...(version === undefined ? [] : [streamObject('userAgentVersion', { version })]),
  ])
}

function subRequestObject(subRequest: SubRequest): StreamObject {
  const { id, priority, partition } = subRequest
  const type = subRequest.type === 'other' ? subRequest.number : requestTypes[subRequest.type]
  return streamObject('subRequest', { id, type, priority }, [
    ...(partition ? [streamObject('targetPartition', { partition })] : []),
    ...bodyObjects(subRequest),
  ])
}

function bodyObjects(subRequest: SubRequest): StreamObject[] {
  switch (subRequest.type) {
    case 'queryAccess':
    case 'other':
      return []
    case 'queryChanges':
      return queryObjects(subRequest)
    case 'putChanges':
      return putObjects(subRequest)
    case 'allocateRange':
      return [streamObject('allocateRange', { count: subRequest.count, reserved: subRequest.reserved })]
  }
}

const queryObjects = (query: QueryChanges): StreamObject[] => [
  streamObject('queryChanges', { flags: query.flags, more: query.more }),
  ...(query.arguments ? [streamObject('queryArguments', query.arguments)] : []),
  ...(query.mostBytes === undefined ? [] : [streamObject('queryConstraint', { mostBytes: query.mostBytes })]),
  ...(query.version ? [streamObject('queryVersion', { version: query.version })] : []),
  ...query.filters.flatMap(filterObjects),
  ...(query.knowledge ? [knowledgeObject(query.knowledge)] : []),
]

function putObjects(put: PutChanges): StreamObject[] {
  const { index, expected, flags, contentVersion, authors, reserved } = put
  return [
    streamObject('putChanges', { index, expected, flags, contentVersion, authors, reserved }),
    ...(put.more ? [streamObject('morePutFlags', { flags: put.more })] : []),
    ...(put.lock ? [streamObject('lockId', { lock: put.lock })] : []),
    ...(put.knowledge ? [knowledgeObject(put.knowledge)] : []),
    ...(put.forcesRevisionChain === undefined
      ? []
      : [streamObject('chain', { flags: { forceRevisionChainOptimization: put.forcesRevisionChain } })]),
  ]
}
