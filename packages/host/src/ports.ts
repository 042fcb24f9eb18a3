import type { CheckFileInfo, CoauthLockType, Content, Permission, ResourceKind } from '@openwopi/protocol'
import type { CarriedChange } from './streams.ts'

export type { Content, Permission } from '@openwopi/protocol'

/** A file as the storage knows it, without its content. */
export interface StoredFile {
  /** Stays the same through every edit, rename and move, and is never given to another file. */
  readonly id: string
  readonly parentId: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Changes whenever the content changes, and never comes back. Printable ASCII. */
  readonly version: string
  /** Grows whenever the content changes; at least 1. Absent: the storage does not count. */
  readonly sequenceNumber?: number
  readonly ownerId: string
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
  /** Base64 of the SHA-256 of the content at `version`, where the storage knows it without reading the content. */
  readonly sha256?: string
  /** Who has it open in a desktop program, as the lock file such programs leave beside it says. */
  readonly openElsewhere?: string
  /** The present content was not written through this storage, but by some other program. */
  readonly changedOutside?: boolean
  /** Where it lies it is marked as not to be written. */
  readonly isReadOnly?: boolean
}

/** What is known of a write besides its bytes. */
export interface Change {
  readonly by: User
  /** Ids of everyone whose edits are in it. */
  readonly editors?: readonly string[]
  /** Made by the editor on its own account: versions of these may be thinned out. */
  readonly isAutosave?: boolean
  /** The user has changed nothing: if the bytes are the present ones, the file stays at its version. */
  readonly isUnmodified?: boolean
  /**
   * Asked once all bytes are safe, just before anything becomes visible. `false`: nothing must. Between its answer and
   * the change, no lock of the file changes where the storage and the locks are one adapter.
   */
  readonly confirm?: () => Promise<boolean>
}

/** What becomes of a write: it takes the place of the file's content, or stands under the first free name beside it. */
export type Verdict = 'replace' | 'refuse' | { readonly beside: Iterable<string> }

/** What is known of a write to a file that is there. */
export interface Rewrite extends Omit<Change, 'confirm'> {
  /**
   * Asked once all bytes are safe, just before they become visible, with the file as the storage takes it to be. An answer
   * has its consequence only if the file is still so, its lock included; else it is asked again, with the file as it is by
   * then. Absent: the write replaces the file if it is still at the version that was given.
   */
  readonly decide?: (present: StoredFile) => Promise<Verdict>
  /**
   * What else of the file changes in the same step. Absent: what it carries changes as `Streams` says. A write that makes
   * another file leaves it alone.
   */
  readonly carries?: CarriedChange
}

/**
 * Where files live. Absent is `undefined`; a change that finds its condition gone returns `undefined` and has changed
 * nothing; anything else that goes wrong throws. What a method returns is durable.
 */
export interface Storage {
  /** `userId`: whose info is about to be asked for. Whoever keeps that too can read both together. */
  find(id: string, userId?: string): Promise<StoredFile | undefined>
  child(parentId: string, name: string): Promise<StoredFile | undefined>
  /** The content from byte `start` up to and without byte `end`. `undefined`: the file is no longer at `file.version`. */
  read(file: StoredFile, range?: { readonly start: number; readonly end: number }): Promise<Content | undefined>
  /**
   * Once all of `content` has arrived, makes it the file's content, or a new file beside it, or nothing: as
   * `change.decide` has it. Returns the file that holds it. `undefined`: it was refused, or the file is gone.
   */
  write(file: StoredFile, content: Content, change: Rewrite): Promise<StoredFile | undefined>
  /** Adds a file under the first of `names` that is free once all of `content` has arrived. `undefined`: none is. */
  create(parentId: string, names: Iterable<string>, content: Content, change: Change): Promise<StoredFile | undefined>
  /** Gives the file another name if that is free. Its id, content, version and lock stay. */
  rename(file: StoredFile, name: string): Promise<StoredFile | undefined>
  /** Takes the file away; one that is gone already counts as taken. `false`: `change.confirm` would not have it. */
  remove(file: StoredFile, change: Change): Promise<boolean>
}

/** One slot per file, changed only by compare-and-swap. What a lock means is the host's business. Slots outlive a restart. */
export interface Locks {
  /**
   * What a file's slot holds. `file`, as `find` or `decide` has given it in the same call: what the slot held then will do,
   * which saves asking again where the two are read together.
   */
  read(fileId: string, file?: StoredFile): Promise<Lock | undefined>
  /**
   * Puts `next` in the slot if it still holds `expected`, compared by value. `false`: it does not, and nothing changed.
   * `file`: what the caller takes the file to be. Where locks and files are one adapter, it is `false` as well when the file
   * is no longer at that version.
   */
  swap(fileId: string, expected: Lock | undefined, next: Lock | undefined, file?: StoredFile): Promise<boolean>
}

/** What a slot holds: a lock that binds until `expiresAt`, or the memory of one that has been released. Plain JSON data. */
export interface Lock {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** The file's version when it was locked; once released, its version then. */
  readonly version: string
  /** Who took or refreshed it last. A lock binds by its id, not by its user. */
  readonly by: User
  /** When it was unlocked, in milliseconds since the epoch. Absent: it has not been. */
  readonly releasedAt?: number
  /** Whether others may be told whose lock it is. Absent: the client has not said. */
  readonly isUserVisible?: boolean
  /** The file that takes the holder's saves since the locked one was changed from outside. */
  readonly conflictCopyId?: string
  /** The clients that have the file open together. With these, `id` is empty: no client has it alone. */
  readonly coauth?: readonly CoauthLock[]
  /** Who holds the file through cell storage, as `Cells` writes it down. With it, `id` is empty too. */
  readonly cells?: string
}

/** The lock of one of several clients that have a file open together. */
export interface CoauthLock {
  readonly id: string
  /** One client at most holds it exclusively, and it alone may write. */
  readonly type: CoauthLockType
  /** What the client says of itself to the others. */
  readonly metadata: string
  readonly by: User
  /** When it was taken first, in milliseconds since the epoch. */
  readonly lockedAt: number
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** A person, or whoever else holds a token. `id` is alphanumeric, stable, and not for display. */
export interface User {
  readonly id: string
  readonly name: string
  readonly isAnonymous?: boolean
}

/** What a token is about. */
export interface ResourceRef {
  readonly on: ResourceKind
  readonly id: string
}

/** What a token lets its holder do. */
export interface Grant {
  readonly user: User
  readonly can: ReadonlySet<Permission>
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt: number
  /** The configured client that the token was made for. `undefined`: none in particular. */
  readonly client?: string
  /** The id of the share link that the token stands and falls with. `undefined`: it was not made for one. */
  readonly share?: string
}

/** A token as a client is given it. */
export interface AccessToken {
  readonly token: string
  /** Milliseconds since the epoch, as `access_token_ttl` wants it. */
  readonly expiresAt: number
}

/** Who may do what. */
export interface Access {
  /** Who holds this token, and what it lets them do with this resource. `undefined`: nothing. */
  authorize(token: string, resource: ResourceRef): Promise<Grant | undefined>
  /** A token for the same user on another resource. It ends when `grant` ends, and allows no more. */
  issue(grant: Grant, resource: ResourceRef): Promise<AccessToken>
}

/** What a client has asked the host to keep for each user, at most 1,024 ASCII characters. */
export interface UserInfo {
  /** `file`, as `find` has given it for this user in the same call: what was read with it will do. */
  get(userId: string, file?: StoredFile): Promise<string | undefined>
  put(userId: string, info: string): Promise<void>
}

/** What a proof is checked against. */
export interface ProvenRequest {
  /** The address as the client called it. */
  readonly url: string
  /** The access token in the spellings that clients are known to sign. */
  readonly tokens: readonly string[]
  readonly headers: { get(name: string): string | null }
}

/** Whether a request comes from the client it claims to come from. */
export interface Proof {
  /** `false`: it does not, or cannot be shown to. */
  verify(request: ProvenRequest, client: string | undefined): Promise<boolean>
}

/** The names by which a host's own users know files: addresses of its pages, links that it has shared. */
export interface NativeNames {
  /** The id of the file that the name stands for. `undefined`: none. */
  fileId(name: string): Promise<string | undefined>
}

/** Pages of the host that CheckFileInfo and PutRelativeFile name. */
export type Describe = (file: StoredFile, grant: Grant) => Partial<CheckFileInfo>

/** A folder. */
export interface Container {
  readonly id: string
  /** Absent at the root. */
  readonly parentId?: string
  readonly name: string
  readonly ownerId: string
}

/** One stretch of a folder's contents: containers first, each kind in the order asked for. */
export interface Page {
  readonly containers: readonly Container[]
  readonly files: readonly StoredFile[]
  /** Where the next page starts. Absent: this was the last. */
  readonly next?: string
  /** Containers and files in all. */
  readonly total: number
}

/** Which stretch of a folder's contents is asked for, in which order. */
export interface PageRequest {
  readonly after?: string
  readonly limit: number
  readonly sort?: 'name' | 'modifiedAt' | 'size'
  readonly descending?: boolean
}

/** Where folders live. The rules of `Storage` hold. */
export interface Containers {
  root(): Promise<Container>
  find(id: string): Promise<Container | undefined>
  /** From the root down to the direct parent. */
  ancestors(id: string): Promise<readonly Container[]>
  children(id: string, page: PageRequest): Promise<Page>
  create(parentId: string, name: string): Promise<Container | undefined>
  rename(container: Container, name: string): Promise<Container | undefined>
  /** `false`: it is not empty, and is still there. */
  remove(container: Container): Promise<boolean>
}

/** A state of a file's content, the present one or an earlier one. */
export interface FileVersion {
  readonly version: string
  readonly size: number
  readonly modifiedAt: number
  /** Absent for a change that was made outside. */
  readonly by?: User
  readonly editors?: readonly string[]
  readonly isAutosave?: boolean
}

/** What a file was. */
export interface Versions {
  /** Newest first; the first is the present one. */
  list(fileId: string): Promise<readonly FileVersion[]>
  /** `undefined`: that version is not kept. */
  read(fileId: string, version: string): Promise<Content | undefined>
}

/** What has been removed, until it is emptied. */
export interface Trash {
  list(): Promise<readonly { readonly file: StoredFile; readonly removedAt: number; readonly by: User }[]>
  /** Puts a file back, under a free name where its own is taken by now. Its id stays. `undefined`: it is not in the trash. */
  restore(fileId: string): Promise<StoredFile | undefined>
  /** Removes all that is in it for good; with `fileId`, only that file. */
  empty(fileId?: string): Promise<void>
}
