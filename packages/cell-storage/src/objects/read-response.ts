import { protocolFault } from '../faults/cell-fault.ts'
import { readFault } from './fault-object.ts'
import { noKnowledge, readKnowledge } from './knowledge.ts'
import { defaultLimits, type MessageLimits, readMessage } from './message.ts'
import { readPackage } from './read-element.ts'
import { requestTypes } from './request.ts'
import type { CellResponse, SubResponse, SubResult } from './response.ts'
import { findObject, needObject, type ObjectNamed, objectsNamed, type StreamObject } from './stream-object.ts'

type Objects = readonly StreamObject[]

/** Reads a response. What is wrong with its bytes is a `CellFault`. */
export function readResponse(bytes: Uint8Array, limits: MessageLimits = defaultLimits): CellResponse {
  const { version, object } = readMessage(bytes, 'response', limits)
  const { values, children } = object
  if (values.status.failed) return { version, fault: readFault(needObject(children, 'error')) }
  const elements = findObject(children, 'elementPackage')
  return {
    version,
    ...(elements && { elements: readPackage(elements) }),
    subResponses: objectsNamed(children, 'subResponse').map(readSubResponse),
  }
}

function readSubResponse({ values: { id, type, status }, children }: ObjectNamed<'subResponse'>): SubResponse {
  const outcome = status.failed ? readFault(needObject(children, 'error')) : readResult(type, children)
  return { id, number: type, outcome }
}

function readResult(number: number, objects: Objects): SubResult {
  const knowledge = findObject(objects, 'knowledge')
  const known = knowledge ? readKnowledge(knowledge) : noKnowledge
  if (number === requestTypes.queryAccess) {
    const [read, write] = [needObject(objects, 'readAccess'), needObject(objects, 'writeAccess')]
    return { type: 'queryAccess', read: resultIn(read.children), write: resultIn(write.children) }
  }
  if (number === requestTypes.queryChanges) {
    const fileHash = findObject(objects, 'fileHash')
    const { values } = needObject(objects, 'queryChangesResponse')
    return { type: 'queryChanges', ...values, knowledge: known, ...(fileHash && { fileHash: fileHash.values }) }
  }
  if (number === requestTypes.putChanges) {
    const applied = findObject(objects, 'putChangesResponse')
    const forced = findObject(objects, 'chainResult')?.values.flags.forced
    return {
      type: 'putChanges',
      ...(applied && { applied: applied.values }),
      knowledge: known,
      ...(forced !== undefined && { forced }),
    }
  }
  if (number === requestTypes.allocateRange) {
    return { type: 'allocateRange', ...needObject(objects, 'allocatedRange').values }
  }
  return { type: 'other' }
}

function resultIn(objects: Objects): number {
  const { kind, code } = readFault(needObject(objects, 'error'))
  if (kind !== 'hresult') throw protocolFault('StreamObjectInvalid', 'an access is said by another number than HRESULT')
  return code
}
