export type { About, CellIdentity, CellVersion, MetaInfo } from './cells/about.ts'
export type { CellFault } from './cells/binary/cell-fault.ts'
export type { Agent } from './cells/binary/write-request.ts'
export type { CellDocument, FileState, PutSaid } from './cells/cell-document.ts'
export type { CellsOptions } from './cells/cell-wire.ts'
export type { CellEditor, EditingTerms, Editors } from './cells/editors.ts'
export { type CellErrorCode, cellErrorCodes } from './cells/envelope/error-codes.ts'
export type { CellSubAnswer, CellSubRequest, DependencyType } from './cells/envelope/sub-request.ts'
export type { EnvelopeForm } from './cells/envelope/write-envelope.ts'
export type { XmlElement } from './cells/envelope/xml-element.ts'
export type { Coauthoring, Joined } from './cells/locks/coauth.ts'
export type { ExclusiveLock } from './cells/locks/exclusive-lock.ts'
export {
  type CellLockType,
  type CoauthStatus,
  type ConversionTerms,
  type ExclusiveTerms,
  type JoinTerms,
  officeSchemaLock,
} from './cells/locks/lock-terms.ts'
export type { SchemaLock } from './cells/locks/schema-lock.ts'
export { type Cells, openCells } from './cells/open-cells.ts'
export type { CellRefusal, CellResult } from './cells/refusal.ts'
export type { Target } from './chunked/arrival.ts'
export { type Pulled, type PullOptions, pullChunked } from './chunked/pull-chunked.ts'
export { type Pushed, type PushOptions, pushChunked } from './chunked/push-chunked.ts'
export { type KnownChunks, type SignedStream, type StreamShape, signStream } from './chunked/signed-stream.ts'
export { type Upload, type UploadOptions, type UploadSession, uploadChunks } from './chunked/upload-chunks.ts'
export {
  type Call,
  type ClientOptions,
  type ContainerClient,
  createClient,
  createContainerClient,
  createEcosystemClient,
  createFolderClient,
  type EcosystemClient,
  type FileClient,
  type FolderClient,
} from './client.ts'
export { bytesOf, type Sendable } from './content.ts'
export {
  type CloseResult,
  type EditSession,
  type EditSessionOptions,
  openEditSession,
  type SaveResult,
} from './edit-session.ts'
export { BadAnswer, WopiUnreachable } from './failures.ts'
export { followUrl } from './follow-url.ts'
export type { LostState, ReadOnlyState, SessionState } from './session-state.ts'
export type { DocumentContent, SaveOptions, Snapshot } from './snapshot.ts'
export { systemTimers, type Timers } from './timers.ts'
