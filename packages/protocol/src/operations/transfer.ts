import { bytes, json } from '../bodies.ts'
import { integer, list, lockId, text } from '../formats.ts'
import { header, optional } from '../parts.ts'
import type { Operation } from './operation.ts'

const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/plus/file-transfer'

const sequenceNumber = header('X-WOPI-SequenceNumber', integer)
const state = { sequenceNumber, version: header('X-WOPI-ItemVersion', text) } as const

/** The operations that carry files in pieces. A host that answers none of them does not promise co-authoring either. */
// biome-ignore format: a row reads as a row
export const transfer = {
  putChunkedFile: {
    on: 'file', method: 'POST', path: '/contents', override: 'PUT_CHUNKED_FILE', needs: 'write', promisedBy: 'SupportsCoauth',
    request: {
      sequenceNumber,
      lock: optional(header('X-WOPI-Lock', lockId)),
      coauthLockId: optional(header('X-WOPI-CoauthLockId', lockId)),
      editors: optional(header('X-WOPI-Editors', list)),
      content: bytes,
    },
    response: state,
    fails: ['CoauthConflict', 'SequenceMismatch', 'TooLargeToStore', 'UploadSessionGone'],
    spec: `${docs}/put-chunked-file`,
  },
  getChunkedFile: {
    on: 'file', method: 'POST', override: 'GET_CHUNKED_FILE', needs: 'read', promisedBy: 'SupportsCoauth',
    request: { content: bytes },
    response: { ...state, content: bytes },
    fails: [],
    spec: `${docs}/get-chunked-file`,
  },
  getChunks: {
    on: 'file', method: 'POST', override: 'GET_CHUNKS', needs: 'read', promisedBy: 'SupportsResumableFileTransfer',
    request: { content: bytes },
    response: { ...state, content: bytes },
    fails: [],
    spec: `${docs}/get-chunks`,
  },
  createUploadSession: {
    on: 'file', method: 'POST', override: 'CREATE_UPLOAD_SESSION', needs: 'write', promisedBy: 'SupportsResumableFileTransfer',
    request: {},
    response: { session: json<{ UploadSessionToken: string }>(({ UploadSessionToken: token }) => typeof token === 'string') },
    fails: [],
    spec: `${docs}/create-upload-session`,
  },
  updateUploadSession: {
    on: 'file', method: 'POST', override: 'UPDATE_UPLOAD_SESSION', needs: 'write', promisedBy: 'SupportsResumableFileTransfer',
    request: {
      session: header('X-WOPI-UploadSessionToken', text),
      offset: header('X-WOPI-ContentRangeOffset', integer),
      length: header('X-WOPI-ContentRangeLength', integer),
      content: bytes,
    },
    response: { offset: header('X-WOPI-UploadSessionCurrentOffset', integer) },
    fails: ['TooLargeToStore', 'UploadSessionGone'],
    spec: `${docs}/upload-bytes-session`,
  },
} as const satisfies Record<string, Operation>
