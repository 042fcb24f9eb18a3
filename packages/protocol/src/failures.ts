import { json, xml } from './bodies.ts'
import { type Format, flag, integer, list, text, utf7 } from './formats.ts'
import { header, optional, type Parts } from './parts.ts'

const nothing = {} satisfies Parts
/** Whose lock is in the way, where the client that took it lets others know (CSPP Plus). */
const username = optional(header('X-WOPI-ConflictingLockUsername', text))
const failureReason = optional(header('X-WOPI-FailureReason', text))
/** The operations of CSPP Plus have a name of their own for it. */
const reason = {
  reason: optional(header('X-WOPI-ServerError', text, { alias: 'X-WOPI-FailureReason', sendsAlias: true })),
}

/** What keeps a chunked save out. `Other`: nothing that the protocol knows of, such as a desktop program. */
export type ConflictingMechanism = 'WOPI-Lock' | 'WOPI-CoauthExclusiveLock' | 'Other'

const mechanism: Format<ConflictingMechanism> = {
  name: 'WOPI-Lock | WOPI-CoauthExclusiveLock | Other',
  decode(raw) {
    if (raw !== 'WOPI-Lock' && raw !== 'WOPI-CoauthExclusiveLock' && raw !== 'Other')
      throw new SyntaxError('none of the mechanisms that are known')
    return raw
  },
  encode: String,
}

/** The body by which Collabora learns that the file has changed since it read it. */
export interface DocumentChangedBody {
  readonly COOLStatusCode: 1010
  readonly LOOLStatusCode: 1010
}

/** Older releases know the second name alone, and some hosts send one of the two. */
const documentChanged = json<DocumentChangedBody>(
  ({ COOLStatusCode, LOOLStatusCode }) => COOLStatusCode === 1010 || LOOLStatusCode === 1010,
)

/** Every way a WOPI operation can fail, and what the response carries when it does. */
export const failures = {
  InvalidRequest: { status: 400, response: reason },
  InvalidName: {
    status: 400,
    response: {
      reason: header('X-WOPI-InvalidFileNameError', text),
      suggestion: optional(header('X-WOPI-ValidRelativeTarget', utf7)),
    },
  },
  InvalidContainerName: {
    status: 400,
    response: { reason: header('X-WOPI-InvalidContainerNameError', text) },
  },
  InvalidToken: { status: 401, response: nothing },
  /** There is no such resource, or the user may not know that there is. */
  NotFound: { status: 404, response: nothing },
  MethodNotAllowed: { status: 405, response: { allowed: optional(header('Allow', list)) } },
  /** The file has changed since the client read it (Collabora's extension). */
  DocumentChanged: { status: 409, response: { body: documentChanged } },
  /** `lock` is the id that is held, empty when none is. */
  LockMismatch: {
    status: 409,
    response: {
      lock: header('X-WOPI-Lock', text, { emptyCounts: true }),
      reason: optional(header('X-WOPI-LockFailureReason', text)),
      username,
      /** It is held through another protocol, such as cell storage, and so has no id in this one. */
      byOtherInterface: optional(header('X-WOPI-LockedByOtherInterface', flag)),
    },
  },
  /**
   * Several clients have the file open together, or would. `lock` is the id under which one client has it alone; absent,
   * or empty, it is not such a lock that is in the way.
   */
  CoauthConflict: {
    status: 409,
    response: {
      lock: optional(header('X-WOPI-Lock', text)),
      /** Clients that know nothing of editing together show their users what a refused lock says of its reason. */
      reason: optional(header('X-WOPI-FailureReason', text, { alias: 'X-WOPI-LockFailureReason', sendsAlias: true })),
      mechanism: optional(header('X-WOPI-ConflictingMechanism', mechanism)),
      username,
    },
  },
  NameTaken: { status: 409, response: { suggestion: optional(header('X-WOPI-ValidRelativeTarget', utf7)) } },
  /** A container that still holds something is not deleted. */
  NotEmpty: { status: 409, response: nothing },
  /** There is no such upload session, or its time has run out. */
  UploadSessionGone: { status: 410, response: { reason: failureReason } },
  /** The file is not in the state that a chunked save starts from; `sequenceNumber` says which one it is in. */
  SequenceMismatch: {
    status: 412,
    response: { sequenceNumber: header('X-WOPI-SequenceNumber', integer), reason: failureReason },
  },
  TooLargeToSend: { status: 412, response: nothing },
  TooLargeToStore: { status: 413, response: nothing },
  /** `contentRange` says how much there is, as `bytes` with a star instead of a range. */
  RangeNotSatisfiable: { status: 416, response: { contentRange: optional(header('Content-Range', text)) } },
  /** The body is none of cell storage. `fault` is what that protocol says of it. */
  CellStorageFault: {
    status: 500,
    response: { reason: optional(header('X-WOPI-ServerError', text)), fault: optional(xml) },
  },
  ServerError: { status: 500, response: reason },
  NotImplemented: { status: 501, response: nothing },
  /** The host cannot do it now and may be able to later. */
  ServerBusy: { status: 503, response: { retryAfter: optional(header('Retry-After', text)) } },
} as const satisfies Record<string, { status: number; response: Parts }>

/** The name of a failure. */
export type FailureCode = keyof typeof failures
