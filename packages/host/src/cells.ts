import type { Content } from '@openwopi/protocol'
import type { StoredFile, User } from './ports.ts'

/** Where a file will lie once a client puts it there. */
export interface NewPlace {
  readonly parentId: string
  readonly name: string
}

/** A body of cell storage (MS-FSSHTTP), with what it is about. */
export interface CellsCall {
  /** The file, or the place of one that is not there yet. */
  readonly target: StoredFile | NewPlace
  readonly body: Content
  /** How many bytes the body has. Absent: it is not known. */
  readonly size?: number
  /** As the client says it. Absent: it says nothing. */
  readonly contentType?: string
  readonly user: User
  /** Whether the user may change the file, or make it. */
  readonly canWrite: boolean
  readonly canRename: boolean
}

/** What a body is answered by. */
export interface CellsAnswer {
  /** `undefined`: the body is none of cell storage, and `text` says so. */
  readonly contentType?: string
  /** XML, in pieces that may be made as they are asked for, once. */
  readonly text: Iterable<string>
  /** Gives back what the text is made from; called when nobody reads it any more. Absent: nothing has to be given back. */
  readonly release?: () => void
  /** The file as the client has left it, if it has put content. */
  readonly saved?: StoredFile
  /** The file under its new name, if the client has given it one. */
  readonly renamed?: StoredFile
  /** Whether the client has come to hold the file, or holds it no more. Absent: neither. */
  readonly lock?: 'taken' | 'released'
}

/**
 * Cell storage: another protocol, in which clients read and write a file piece by piece and lock it in ways of their own.
 * Who holds a file through it is kept in the file's slot, as `Lock.cells`, so that neither protocol overlooks the other.
 */
export interface Cells {
  /** The longest body that is taken, in bytes. */
  readonly longestBody: number
  /** Too many calls at once: a `WopiError` called `ServerBusy`. */
  answer(call: CellsCall): Promise<CellsAnswer>
}
