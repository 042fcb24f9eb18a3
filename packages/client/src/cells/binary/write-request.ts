import type { DataElement } from './element.ts'
import { cellId, compact, extendedGuid, guid, integer } from './fields.ts'
import { type Guid, nullGuid } from './guid.ts'
import type { ExtendedGuid } from './ids.ts'
import { objectTypes as types } from './object-types.ts'
import { type Piece, whole } from './piece.ts'
import { streamObject } from './stream-object.ts'
import { type SentBody, writeElement } from './write-element.ts'

/** What sends the request, as it says itself. */
export interface Agent {
  readonly guid: Guid
  readonly version: number
}

/** Elements to be stored, and the index that leads to them. */
export interface Changes {
  readonly elements: readonly (DataElement & { readonly body: SentBody })[]
  readonly index: ExtendedGuid
  /** The index that must still be in force. Null: there must be none. */
  readonly expected: ExtendedGuid
}

/** What is asked of a partition. */
export type Question =
  | { readonly ask: 'access' }
  /** `knowledge`: what is known already, as it was told. `mostBytes`: how much of the answer may come at once. */
  | { readonly ask: 'changes'; readonly knowledge?: Uint8Array | undefined; readonly mostBytes?: number | undefined }
  | { readonly ask: 'put'; readonly changes: Changes; readonly lock?: Guid | undefined }
  | { readonly ask: 'range'; readonly count: number }

const requestTypes = { access: 1, changes: 2, put: 5, range: 11 } as const

/** A binary request of one question. */
export function writeRequest(
  question: Question,
  { agent, id = 1, partition = nullGuid }: { readonly agent: Agent; readonly id?: number; readonly partition?: Guid },
): Uint8Array {
  const target = partition === nullGuid ? [] : [streamObject(types.targetPartition, guid(partition))]
  const asked = streamObject(
    types.subRequest,
    [compact(id), compact(requestTypes[question.ask]), compact(0)],
    [...target, ...partsOf(question)],
  )
  const elements = question.ask === 'put' ? [packageOf(question.changes.elements.map(writeElement))] : []
  const request = streamObject(types.request, [], [agentObject(agent), asked, ...elements])
  return whole([integer(version, 2), integer(oldestVersion, 2), integer(signature, 8), request])
}

const version = 12
const oldestVersion = 11
const signature = 0x9b069439f329cf9cn

const agentObject = (agent: Agent): Piece =>
  streamObject(
    types.agent,
    [],
    [streamObject(types.agentGuid, guid(agent.guid)), streamObject(types.agentVersion, integer(agent.version, 4))],
  )

const packageOf = (elements: readonly Piece[]): Piece =>
  streamObject(types.dataElementPackage, Uint8Array.of(0), elements)

const includesAll = 3
const knowsWhatIsLeftOut = 8
const impliesNone = 1
const prefersCoherencyFailure = 8
const returnsAppliedIndex = 1

function partsOf(question: Question): Piece[] {
  switch (question.ask) {
    case 'access':
      return []
    case 'range':
      return [streamObject(types.allocateRange, [compact(question.count), integer(0, 1)])]
    case 'changes':
      return [
        streamObject(types.queryChanges, integer(knowsWhatIsLeftOut, 2)),
        streamObject(types.queryChangesArguments, [integer(includesAll, 1), cellId('/')]),
        ...(question.mostBytes === undefined ? [] : [streamObject(types.mostData, compact(question.mostBytes))]),
        ...(question.knowledge ? [question.knowledge] : []),
      ]
    case 'put':
      return [
        streamObject(types.putChanges, [
          extendedGuid(question.changes.index),
          extendedGuid(question.changes.expected),
          integer(impliesNone | prefersCoherencyFailure, 1),
        ]),
        streamObject(types.morePutFlags, integer(returnsAppliedIndex, 2)),
        ...(question.lock ? [streamObject(types.putLock, guid(question.lock))] : []),
      ]
  }
}
