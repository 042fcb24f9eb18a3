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
