export { type CellId, cellIdOf, nullCellId } from './bytes/cell-id.ts'
export { type ExtendedGuid, extendedGuidOf, nullExtendedGuid, partsOf } from './bytes/extended-guid.ts'
export { type Flags, flagsWith } from './bytes/fields.ts'
export type { Stretch } from './bytes/fragment-field.ts'
export { isGuid, nullGuid } from './bytes/guid.ts'
export type { SerialNumber } from './bytes/serial-number.ts'
export {
  type CellStorage,
  type CellStorageAnswer,
  type CellStorageCall,
  type CellStorageOptions,
  createCellStorage,
} from './cell-storage.ts'
export { type EditorsScope, editorsHandler } from './editors/editors-handler.ts'
export { type Editor, type EditorsTables, memoryEditorsTables } from './editors/editors-table.ts'
export { failed, type SubAnswer, succeeded } from './envelope/answer.ts'
export {
  type AnswerOptions,
  answerEnvelope,
  type RequestScope,
  type SubRequestHandler,
} from './envelope/answer-envelope.ts'
export {
  type Attributes,
  type BodyForm,
  type Envelope,
  EnvelopeError,
  type EnvelopeRequest,
  type EnvelopeSubRequest,
} from './envelope/envelope.ts'
export {
  cellErrors,
  dependencyErrors,
  type ErrorCode,
  genericErrors,
  lockErrors,
  otherErrors,
} from './envelope/error-codes.ts'
export { defaultEnvelopeLimits, type EnvelopeLimits, readEnvelope } from './envelope/read-envelope.ts'
export { serverTime } from './envelope/server-time.ts'
export { type SubRequestType, subRequestTypes } from './envelope/sub-request-types.ts'
export { type Caller, whoAmI } from './envelope/who-am-i.ts'
export { writeRefusal } from './envelope/write-answer.ts'
export { type XmlElement, xmlElement } from './envelope/xml-element.ts'
export {
  CellFault,
  cellFault,
  type Fault,
  type FaultKind,
  faultText,
  protocolFault,
  resultFault,
} from './faults/cell-fault.ts'
export { cellFaults, protocolFaults, resultFaults } from './faults/fault-codes.ts'
export type {
  CellFile,
  CellVersion,
  CellVersions,
  RenameOutcome,
  RestoreOutcome,
  VersionAuthor,
} from './files/cell-file.ts'
export { type MemoryCellFile, type MemoryFileOptions, memoryCellFile } from './files/memory-cell-file.ts'
export { type HostCellsOptions, hostCells } from './host/host-cells.ts'
export { fileSchema, partitions } from './known-guids.ts'
export { type CellLocks, type ForeignLock, memoryCellLocks } from './locks/cell-locks.ts'
export { keptOutBy, type LockScope, lockHandlers } from './locks/lock-handlers.ts'
export type { ExclusiveLock, LockState, SessionClient, SharedLock } from './locks/lock-state.ts'
export { cellsToFile, type FileBytes, type FilePlace, filePlaces } from './mapping/cells-to-file.ts'
export { type Cut, type CutChunk, type CutGroup, cutFile, type FileCut } from './mapping/cut-file.ts'
export { fileToCells } from './mapping/file-to-cells.ts'
export { dumpMessage } from './objects/dump.ts'
export {
  type CellManifest,
  type CellObject,
  type DataElement,
  type ElementBody,
  type ElementFragment,
  elementTypes,
  type MappedElement,
  type ObjectBlob,
  type ObjectContent,
  type ObjectGroup,
  type RevisionManifest,
  type StorageIndex,
  type StorageManifest,
} from './objects/element.ts'
export { type Filter, filterTypes, idsInKey, keyOf, type Match } from './objects/filter.ts'
export {
  hashingFlags,
  includeFlags,
  morePutFlags,
  moreQueryFlags,
  putFlags,
  queryFlags,
  resultFlags,
  roundTripFlags,
} from './objects/flag-names.ts'
export { type Knowledge, noKnowledge, type SerialRange } from './objects/knowledge.ts'
export { defaultLimits, isMessage, type MessageLimits } from './objects/message.ts'
export { readRequest } from './objects/read-request.ts'
export { readResponse } from './objects/read-response.ts'
export {
  type AllocateRange,
  type CellRequest,
  type OtherRequest,
  type PutChanges,
  type QueryAccess,
  type QueryChanges,
  requestTypes,
  type SubRequest,
  type UserAgent,
} from './objects/request.ts'
export {
  type AccessResult,
  type CellResponse,
  type ChangesResult,
  isFault,
  type OtherResult,
  type PutResult,
  type RangeResult,
  type SubResponse,
  type SubResult,
} from './objects/response.ts'
export { elementBytes } from './objects/write-element.ts'
export { writeRequest } from './objects/write-request.ts'
export { responsePieces, writeResponse } from './objects/write-response.ts'
export { answerCells, type CellScope, isCarriedOut } from './store/answer-cells.ts'
export type { CellContent, ContentState } from './store/cell-content.ts'
export { type CellHandlerScope, cellHandler } from './store/cell-handler.ts'
export type { CellStore } from './store/cell-store.ts'
export { type Commit, committed } from './store/commit.ts'
export { memoryCellStore } from './store/memory-cell-store.ts'
export { emptyPartition, isEmpty, type Partition, type PartitionPlace } from './store/partition.ts'
export { type RecentPartitions, recentPartitions } from './store/recent-partitions.ts'
export { fromStored, type StoredPartition, toStored } from './store/stored-partition.ts'
