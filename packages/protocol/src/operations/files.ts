import { asciiBody, bytes, json } from '../bodies.ts'
import { checkFileInfoBody } from '../check-file-info-body.ts'
import { flag, integer, list, lockId, lockTimeout, presence, text, utf7 } from '../formats.ts'
import { header, lenient, optional } from '../parts.ts'
import { ancestors } from './containers.ts'
import type { Operation } from './operation.ts'

const lock = header('X-WOPI-Lock', lockId)
const oldLock = header('X-WOPI-OldLock', lockId)
const version = optional(header('X-WOPI-ItemVersion', text))
/** For how long a lock is to bind, and whether others may be told whose it is (CSPP Plus). */
const terms = {
  expiresIn: optional(header('X-WOPI-LockExpirationTimeout', lockTimeout)),
  isUserVisible: optional(header('X-WOPI-LockUserVisible', flag)),
} as const
const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files'

/** What a client learns of a file that an operation has made. */
export interface CreatedFile {
  readonly Name: string
  /** The file's WOPISrc with an access token. */
  readonly Url: string
  readonly HostViewUrl?: string
  readonly HostEditUrl?: string
  /** Read by Collabora, which sends it back as X-COOL-WOPI-Timestamp. */
  readonly LastModifiedTime?: string
}

/** The operations on files. Rows are tried in order: of two that fit a request, the more specific stands first. */
// biome-ignore format: a row reads as a row
export const files = {
  checkFileInfo: {
    on: 'file', method: 'GET', needs: 'read',
    request: { sessionContext: optional(header('X-WOPI-SessionContext', text)) },
    response: { info: checkFileInfoBody },
    fails: [],
    spec: `${docs}/checkfileinfo`,
  },
  getFile: {
    on: 'file', method: 'GET', path: '/contents', needs: 'read',
    request: {
      maxExpectedSize: optional(header('X-WOPI-MaxExpectedSize', integer)),
      range: optional(header('Range', text)),
    },
    response: {
      version,
      contentRange: optional(header('Content-Range', text)),
      size: optional(header('Content-Length', integer)),
      content: bytes,
    },
    fails: ['TooLargeToSend', 'RangeNotSatisfiable'],
    spec: `${docs}/getfile`,
  },
  putFile: {
    on: 'file', method: 'POST', path: '/contents', override: 'PUT', needs: 'write', promisedBy: 'SupportsUpdate',
    request: {
      lock: optional(lock),
      editors: optional(header('X-WOPI-Editors', list)),
      size: optional(header('X-WOPI-Size', integer)),
      timestamp: optional(header('X-COOL-WOPI-Timestamp', text, { alias: 'X-LOOL-WOPI-Timestamp', emptyCounts: true })),
      isModifiedByUser: optional(header('X-COOL-WOPI-IsModifiedByUser', flag, { alias: 'X-LOOL-WOPI-IsModifiedByUser' })),
      isAutosave: optional(header('X-COOL-WOPI-IsAutosave', flag, { alias: 'X-LOOL-WOPI-IsAutosave' })),
      isExitSave: optional(header('X-COOL-WOPI-IsExitSave', flag, { alias: 'X-LOOL-WOPI-IsExitSave' })),
      extendedData: optional(header('X-COOL-WOPI-ExtendedData', text, { alias: 'X-LOOL-WOPI-ExtendedData' })),
      content: bytes,
    },
    response: { version, saved: lenient(json<{ LastModifiedTime?: string }>()) },
    fails: ['DocumentChanged', 'LockMismatch', 'TooLargeToStore'],
    spec: `${docs}/putfile`,
  },
  unlockAndRelock: {
    on: 'file', method: 'POST', override: 'LOCK', sentWith: 'X-WOPI-OldLock', needs: 'write', promisedBy: 'SupportsLocks',
    request: { lock, oldLock, ...terms },
    response: {},
    fails: ['LockMismatch'],
    spec: `${docs}/unlockandrelock`,
  },
  lock: {
    on: 'file', method: 'POST', override: 'LOCK', needs: 'write', promisedBy: 'SupportsLocks',
    request: { lock, ...terms },
    response: { version },
    fails: ['LockMismatch'],
    spec: `${docs}/lock`,
  },
  refreshLock: {
    on: 'file', method: 'POST', override: 'REFRESH_LOCK', needs: 'write', promisedBy: 'SupportsLocks',
    request: { lock, ...terms },
    response: { version },
    fails: ['LockMismatch'],
    spec: `${docs}/refreshlock`,
  },
  unlock: {
    on: 'file', method: 'POST', override: 'UNLOCK', needs: 'write', promisedBy: 'SupportsLocks',
    request: { lock },
    response: { version },
    fails: ['LockMismatch'],
    spec: `${docs}/unlock`,
  },
  getLock: {
    on: 'file', method: 'POST', override: 'GET_LOCK', needs: 'read', promisedBy: 'SupportsGetLock',
    request: {},
    response: { lock: header('X-WOPI-Lock', text, { emptyCounts: true }) },
    fails: [],
    spec: `${docs}/getlock`,
  },
  putRelativeFile: {
    on: 'file', method: 'POST', override: 'PUT_RELATIVE', needs: 'create', promisedBy: 'SupportsUpdate', deniedBy: 'UserCanNotWriteRelative',
    request: {
      suggestedTarget: optional(header('X-WOPI-SuggestedTarget', utf7)),
      relativeTarget: optional(header('X-WOPI-RelativeTarget', utf7)),
      overwrite: optional(header('X-WOPI-OverwriteRelativeTarget', flag)),
      size: optional(header('X-WOPI-Size', integer)),
      isConversion: optional(header('X-WOPI-FileConversion', presence)),
      content: bytes,
    },
    response: { file: json<CreatedFile>(({ Name, Url }) => typeof Name === 'string' && typeof Url === 'string') },
    fails: ['InvalidName', 'LockMismatch', 'NameTaken', 'TooLargeToStore'],
    spec: `${docs}/putrelativefile`,
  },
  renameFile: {
    on: 'file', method: 'POST', override: 'RENAME_FILE', needs: 'rename', promisedBy: 'SupportsRename',
    request: {
      lock: optional(lock),
      coauthLockId: optional(header('X-WOPI-CoauthLockId', lockId)),
      requestedName: header('X-WOPI-RequestedName', utf7),
    },
    response: { file: lenient(json<{ Name: string; Url?: string }>(({ Name }) => typeof Name === 'string')) },
    fails: ['InvalidName', 'LockMismatch'],
    spec: `${docs}/renamefile`,
  },
  deleteFile: {
    on: 'file', method: 'POST', override: 'DELETE', needs: 'delete', promisedBy: 'SupportsDeleteFile',
    request: {},
    response: {},
    fails: ['LockMismatch'],
    spec: `${docs}/deletefile`,
  },
  putUserInfo: {
    on: 'file', method: 'POST', override: 'PUT_USER_INFO', needs: 'read', promisedBy: 'SupportsUserInfo',
    request: { userInfo: asciiBody(1024) },
    response: {},
    fails: [],
    spec: `${docs}/putuserinfo`,
  },
  enumerateAncestors: {
    on: 'file', method: 'GET', path: '/ancestry', needs: 'read', promisedBy: 'SupportsContainers',
    request: {},
    response: ancestors,
    fails: [],
    spec: `${docs}/enumerateancestors`,
  },
  getEcosystem: {
    on: 'file', method: 'GET', path: '/ecosystem_pointer', needs: 'read', promisedBy: 'SupportsEcosystem',
    request: {},
    response: { ecosystem: json<{ Url: string }>() },
    fails: [],
    spec: `${docs}/getecosystem`,
  },
} as const satisfies Record<string, Operation>
