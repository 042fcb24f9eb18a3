/** What the office and its pages say to each other over a document's socket, beside the document itself. */

/** Why someone cannot change the document now. `by` says who can, where the host has told. */
export interface ReadOnlyReason {
  readonly code:
    | 'view'
    | 'not-permitted'
    | 'not-supported'
    | 'locked'
    | 'foreign'
    | 'cannot-keep'
    | 'taken'
    | 'lost-locked'
    | 'lost-changed'
    | 'lost-gone'
    | 'lost-not-permitted'
    | 'lost-too-large'
    | 'lost-refused'
    | 'expired'
    | 'ended'
    | 'apart'
  readonly by?: string
  /** What it is in the document that stands in the way, as a sentence. */
  readonly why?: string
}

/** Whether the host has what everyone sees. `savedAt`: milliseconds since the epoch, absent before the first save. */
export type SaveState =
  | { readonly is: 'saved'; readonly savedAt?: number }
  | { readonly is: 'unsaved' }
  | { readonly is: 'saving' }
  | { readonly is: 'offline' }
  /** `why`: a sentence, where the document itself is the reason. */
  | { readonly is: 'stopped'; readonly hasUnsaved: boolean; readonly why?: string }

/** `stored`: the host has answered 200. `unmodified`: it had everything already. */
export type SaveOutcome = 'stored' | 'unmodified' | 'failed'

/** Someone who has the document open. */
export interface Person {
  /** Tells two pages of one user apart. */
  readonly id: string
  readonly userId: string
  /** Counts the pages that have had this document open. */
  readonly view: number
  readonly name: string
  /** Index into the palette. */
  readonly color: number
  readonly canWrite: boolean
  /** Ids of this person's cursors in the document. */
  readonly cursors: readonly number[]
}

/** From the office. */
export type FromOffice =
  | { readonly type: 'state'; readonly save: SaveState }
  | { readonly type: 'people'; readonly people: readonly Person[]; readonly you: string }
  | { readonly type: 'access'; readonly readOnly?: ReadOnlyReason }
  | { readonly type: 'expiring'; readonly inMs: number }
  | { readonly type: 'ended'; readonly why: ReadOnlyReason }
  /** What became of the save that a page asked for under this number. */
  | { readonly type: 'save-answer'; readonly ask: number; readonly outcome: SaveOutcome }
  | { readonly type: 'renamed'; readonly fileName: string }
  /** Someone else wants to write: send everything, and say when it is done. */
  | { readonly type: 'hand-over' }
  /** The document starts anew: open it again. */
  | { readonly type: 'reload' }

/** From a page. */
export type FromPage =
  /** `ask`: the page waits for the `save-answer` that names it. */
  | { readonly type: 'save'; readonly ask?: number }
  /** Try again to save, or to get the lock that was refused. */
  | { readonly type: 'retry' }
  /** Write instead of whoever writes now. */
  | { readonly type: 'take-over' }
  /** Everything is with the office: someone else may write. */
  | { readonly type: 'handed-over' }
  /** Give up what is not saved, and read the file again. */
  | { readonly type: 'discard' }

/** A document that is open, and this page's place in it. */
export interface OpenedDocument {
  readonly is: 'text' | 'sheet' | 'word' | 'outline' | 'pdf'
  /** What the socket calls the document. It changes when the document starts anew. */
  readonly document: string
  readonly you: string
  readonly readOnly?: ReadOnlyReason
  /** When changes were left behind that fit to nothing any more, in milliseconds since the epoch. */
  readonly leftoverAt?: number
}

/** What opening a document answers. */
export type Opened =
  | OpenedDocument
  | { readonly is: 'refused'; readonly why: 'no-access' | 'host-away' | 'not-text' | 'ended' }
  | { readonly is: 'refused'; readonly why: 'too-large'; readonly limit: number }
  /** `reason`: a sentence. `isTooMuch`: the document is sound, but has more in it than is shown. */
  | { readonly is: 'refused'; readonly why: 'not-readable'; readonly reason: string; readonly isTooMuch?: true }

/**
 * What a page says when it connects. `new`: it has not been here yet. `writing`, `following`: it was here before, and
 * could write or had someone else writing.
 */
export type Coming = 'new' | 'writing' | 'following'

/** Why a socket is turned away, as hocuspocus carries it. */
export type SocketRefusal = 'apart' | 'no-access' | 'host-away'
