import type { Fault } from '../faults/cell-fault.ts'
import { faultObject } from './fault-object.ts'
import { knowledgeObject } from './knowledge.ts'
import { messageBytes, messagePieces } from './message.ts'
import { type CellResponse, isFault, type SubResponse, type SubResult } from './response.ts'
import { type StreamObject, streamObject } from './stream-object.ts'
import { packageObject } from './write-element.ts'

/** The bytes of a response. */
export const writeResponse = (response: CellResponse): Uint8Array =>
  messageBytes(response.version, responseObject(response))

/** The bytes of a response in pieces. What a file is made of is not copied for it. */
export const responsePieces = (response: CellResponse): readonly Uint8Array[] =>
  messagePieces(response.version, responseObject(response))

function responseObject(response: CellResponse): StreamObject {
  if (response.fault) return streamObject('response', { status: { failed: true } }, [faultObject(response.fault)])
  const { elements, subResponses } = response
  return streamObject('response', { status: { failed: false } }, [
    ...(elements ? [packageObject(elements)] : []),
    ...subResponses.map(subResponseObject),
  ])
}

function subResponseObject({ id, number, outcome }: SubResponse): StreamObject {
  const failed = isFault(outcome)
  const children = failed ? [faultObject(outcome)] : resultObjects(outcome)
  return streamObject('subResponse', { id, type: number, status: { failed } }, children)
}

const accessFault = (code: number): Fault => ({ kind: 'hresult', code })

function resultObjects(result: SubResult): StreamObject[] {
  switch (result.type) {
    case 'queryAccess':
      return [
        streamObject('readAccess', {}, [faultObject(accessFault(result.read))]),
        streamObject('writeAccess', {}, [faultObject(accessFault(result.write))]),
      ]
    case 'queryChanges':
      return [
        streamObject('queryChangesResponse', { index: result.index, flags: result.flags }),
        knowledgeObject(result.knowledge),
        ...(result.fileHash ? [streamObject('fileHash', result.fileHash)] : []),
      ]
    case 'putChanges':
      return [
        ...(result.applied ? [streamObject('putChangesResponse', result.applied)] : []),
        knowledgeObject(result.knowledge),
        ...(result.forced === undefined ? [] : [streamObject('chainResult', { flags: { forced: result.forced } })]),
      ]
    case 'allocateRange':
      return [streamObject('allocatedRange', { guid: result.guid, from: result.from, to: result.to })]
    case 'other':
      return []
  }
}
