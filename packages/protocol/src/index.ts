export type { CheckFileInfo } from './check-file-info.ts'
export { type FailureCode, failures } from './failures.ts'
export { type Format, flag, integer, list, lockId, longestLockId, presence, text, utf7 } from './formats.ts'
export { type Match, match } from './match.ts'
export { type CreatedFile, files } from './operations/files.ts'
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
export {
  asciiBody,
  bytes,
  type Content,
  type Draft,
  decode,
  encode,
  header,
  json,
  type Message,
  optional,
  type Part,
  type Parts,
  textOf,
  type Values,
} from './parts.ts'
export { decodeUtf7, encodeUtf7 } from './utf7.ts'
export { decodeFailure, encodeFailure, type FailureDetails, WopiError } from './wopi-error.ts'
export { wopiSrc } from './wopi-src.ts'
