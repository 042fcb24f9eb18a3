import { json } from './bodies.ts'
import { list, text, utf7 } from './formats.ts'
import { header, optional, type Parts } from './parts.ts'

const nothing = {} satisfies Parts
/** Whose lock is in the way, where the client that took it lets others know (CSPP Plus). */
const username = optional(header('X-WOPI-ConflictingLockUsername', text))
const reason = { reason: optional(header('X-WOPI-ServerError', text)) }

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
    },
  },
  /**
   * Several clients have the file open together, or would. `lock` is the id under which one client has it alone; absent,
   * it is not such a lock that is in the way.
   */
  CoauthConflict: {
    status: 409,
    response: {
      lock: optional(header('X-WOPI-Lock', text)),
      reason: optional(header('X-WOPI-FailureReason', text)),
      username,
    },
  },
  NameTaken: { status: 409, response: { suggestion: optional(header('X-WOPI-ValidRelativeTarget', utf7)) } },
  /** A container that still holds something is not deleted. */
  NotEmpty: { status: 409, response: nothing },
  TooLargeToSend: { status: 412, response: nothing },
  TooLargeToStore: { status: 413, response: nothing },
  /** `contentRange` says how much there is, as `bytes` with a star instead of a range. */
  RangeNotSatisfiable: { status: 416, response: { contentRange: optional(header('Content-Range', text)) } },
  ServerError: { status: 500, response: reason },
  NotImplemented: { status: 501, response: nothing },
  /** The host cannot do it now and may be able to later. */
  ServerBusy: { status: 503, response: { retryAfter: optional(header('Retry-After', text)) } },
} as const satisfies Record<string, { status: number; response: Parts }>

/** The name of a failure. */
export type FailureCode = keyof typeof failures
