export {
  type ActionName,
  actions,
  actionUrl,
  longestActionUrl,
  type Placeholder,
  type PlaceholderValues,
  placeholders,
} from './actions.ts'
export { asciiBody, bytes, json, textOf } from './bodies.ts'
export { type CheckContainerInfo, containerProperties } from './check-container-info.ts'
export { type CheckFileInfo, canEdit } from './check-file-info.ts'
export { checkFileInfoBody } from './check-file-info-body.ts'
export { type CheckFolderInfo, folderProperties } from './check-folder-info.ts'
export { disagreeingKeys } from './disagreeing-keys.ts'
export type { Action, App, Discovery, NetZone } from './discovery.ts'
export { type ConflictingMechanism, type DocumentChangedBody, type FailureCode, failures } from './failures.ts'
export {
  type Editor,
  fileProperties,
  filePropertyEntries,
  type PropertyName,
  type PropertyRow,
} from './file-properties.ts'
export { type Format, flag, integer, list, lockId, longestLockId, presence, text, utf7 } from './formats.ts'
export { type Match, match } from './match.ts'
export { type Activity, type ActivityResponse, activities, type Credentials } from './operations/activities.ts'
export { cells } from './operations/cells.ts'
export {
  type CoauthLockType,
  type CoauthTableRow,
  coauth,
  longestCoauthMetadata,
} from './operations/coauth.ts'
export { type ChildFile, type ContainerAnswer, containers, type Pointer } from './operations/containers.ts'
export { ecosystem } from './operations/ecosystem.ts'
export { type CreatedFile, files } from './operations/files.ts'
export { folders } from './operations/folders.ts'
export {
  type Input,
  type OperationName,
  type Output,
  operationEntries,
  operationNamed,
  operations,
  type Subject,
} from './operations/index.ts'
export { anyOperationFails, type Operation, type Permission, type ResourceKind, roots } from './operations/operation.ts'
export { reserved } from './operations/reserved.ts'
export { type ShareUrlType, shareUrlTypes, sharing } from './operations/sharing.ts'
export { transfer } from './operations/transfer.ts'
export {
  type Content,
  type Draft,
  decode,
  encode,
  header,
  lenient,
  type Message,
  optional,
  type Part,
  type Parts,
  type Values,
} from './parts.ts'
export { type PickedAction, pickAction, type Wish } from './pick-action.ts'
export {
  type EditorMessage,
  type HostMessage,
  longestMessage,
  parseMessage,
  type UiMessage,
  type UnknownMessage,
  writeMessage,
} from './post-messages.ts'
export { checkPublicKey, type KeyPair, type ProofKeys, type PublicKey, pairsOf, publicKeyBlob } from './public-key.ts'
export { type ReadCheckFileInfo, readCheckFileInfo } from './read-check-file-info.ts'
export { readDiscovery } from './read-discovery.ts'
export { editorMessages, hostMessages, type MessageRow, type ValueKind, type ValueShape } from './ui-messages.ts'
export { decodeUtf7, encodeUtf7 } from './utf7.ts'
export { decodeFailure, encodeFailure, type FailureDetails, WopiError } from './wopi-error.ts'
export { readWopiSrc, type WopiSrcParts, wopiSrc } from './wopi-src.ts'
export { writeCheckFileInfo } from './write-check-file-info.ts'
export { writeDiscovery } from './write-discovery.ts'
