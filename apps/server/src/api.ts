import type { AuditEntry } from './audit/audit.ts'

export type * from './admin/admin-api.ts'
export type * from './spool/failed-saves-api.ts'

/**
 * What the pages and the server say to each other, under `/api`. Bodies are JSON. Every request that changes something
 * carries the header `X-OpenWOPI: 1`, which no foreign page can send. Failures are a `Problem` with a fitting status.
 *
 *     GET    /session                                 → Session
 *     POST   /session            SignIn               → Session            401, 429
 *     DELETE /session                                 → 204
 *     GET    /folders/:id?after=&limit=&sort=&descending=  → Listing       `root` is the root
 *     POST   /folders/:id/folders  NewFolder          → FolderItem         409 name taken, 400 bad name
 *     POST   /folders/:id/files    NewFile            → FileItem           409, 400
 *     PATCH  /folders/:id          Rename             → FolderItem
 *     DELETE /folders/:id                             → 204                409 not empty
 *     GET    /search?q=&limit=                        → Found
 *     GET    /files/:id                               → FileItem
 *     PATCH  /files/:id            Rename             → FileItem           409 taken or locked
 *     DELETE /files/:id                               → 204 (then POST /trash/:id/restore)   409 locked
 *     GET    /files/:id/content                       → the bytes, as an attachment; `?inline` for images
 *     GET    /files/:id/thumbnail                     → a PNG of the first page   404 there is none
 *     GET    /files/:id/versions                      → VersionList
 *     GET    /files/:id/versions/:version/content     → the bytes, as an attachment
 *     POST   /files/:id/versions/:version/restore     → FileItem           409 locked
 *     DELETE /files/:id/lock                          → 204                only the owner
 *     GET    /files/:id/shares                        → ShareList          404 sharing is switched off
 *     POST   /files/:id/shares     NewShare           → ShareLink          403 may not be given
 *     DELETE /files/:id/shares/:share                 → 204                the link stops working at once
 *     GET, POST, DELETE /folders/:id/shares           as for files
 *     GET    /files/:id/activities                    → ActivityList
 *     GET    /mentions                                → MentionList        of whoever asks
 *     POST   /mentions/seen        MentionsSeen       → 204
 *     GET    /trash                                   → TrashList
 *     POST   /trash/:id/restore                       → FileItem
 *     DELETE /trash                                   → 204
 *     GET    /failed-saves                            → FailedSaveList     one's own; all for owners
 *     GET    /failed-saves/:id/content                → the bytes, as an attachment
 *     POST   /failed-saves/:id/restore  RestoreSave   → FileItem           409 open or changed since
 *     DELETE /failed-saves/:id                        → 204
 *     GET    /audit?limit=&before=&about=             → AuditLog           403 for owners only
 *     GET    /audit/export                            → the whole of it, one JSON object a line
 *     GET    /admin/sessions                          → AdminSessions      as all of /admin, 403 but for owners
 *     DELETE /admin/sessions/:id                      → 204                who used it has to sign in again
 *     GET    /admin/locks                             → AdminLocks         ended by `DELETE /files/:id/lock`
 *     GET    /admin/clients                           → AdminClients
 *     POST   /admin/clients/:name/read                → AdminClients       reads its discovery document again
 *     GET    /admin/storage                           → AdminStorage
 *     GET    /events                                  → text/event-stream of `ServerEvent`
 *     *      /uploads                                 → tus 1.0 (creation, with metadata `folder`, `name`, `overwrite`); the
 *                                                       last PATCH answers `X-OpenWOPI-File: <id>`
 *
 * Pages: `/` and `/folder/:id` (the file browser), `/open/:id?action=view|edit&client=` (the editor), `/sign-in`.
 * Without signing in: `/s/:secret?action=view|edit`, where a share link opens its document, with `/s/:secret/content` and
 * `/s/:secret/events` for its page.
 */
export interface Problem {
  /** What is wrong and what to do, for a person. */
  readonly message: string
  readonly suggestion?: string
}

/** Who did what, the latest first. */
export interface AuditLog {
  readonly entries: readonly AuditEntry[]
  /** Where the next page starts. Absent: this was the last. */
  readonly before?: number
}

export interface Session {
  /** Absent: sign in first. */
  readonly user?: { readonly id: string; readonly name: string; readonly isOwner: boolean }
  readonly folderName: string
  /** Whether there is anything to sign out of. */
  readonly canSignOut: boolean
  /** New documents that can be made: `{ extension: 'md', label: 'Markdown document' }`. */
  readonly newDocuments: readonly { readonly extension: string; readonly label: string }[]
  readonly maxFileSize?: number
  /** Whether links can be made that work without signing in. */
  readonly canShare: boolean
  /** Whether comments in documents are told of. */
  readonly hasActivities: boolean
}

export interface SignIn {
  readonly name: string
  readonly password: string
}

export interface FolderItem {
  readonly kind: 'folder'
  readonly id: string
  readonly name: string
  /** There are links by which it opens without signing in. Absent in results of a search and above a folder. */
  readonly isShared?: boolean
}

export interface FileItem {
  readonly kind: 'file'
  readonly id: string
  readonly folderId: string
  readonly name: string
  readonly size: number
  readonly modifiedAt: number
  readonly version: string
  /** Who has it open, in an editor or in a desktop program. */
  readonly openBy?: { readonly name: string; readonly until?: number; readonly isDesktop: boolean }
  /** There may be a picture of its first page. */
  readonly hasThumbnail: boolean
  /** There are links by which it opens without signing in. */
  readonly isShared: boolean
  /** What the configured clients can do with it. */
  readonly actions: {
    readonly view: boolean
    readonly edit: boolean
    /** The extension of the format that a copy can be made in, to edit that. Absent: none can or need be made. */
    readonly convert?: string
  }
  readonly can: {
    readonly write: boolean
    readonly rename: boolean
    readonly delete: boolean
    readonly breakLock: boolean
  }
}

export interface Listing {
  readonly folder: FolderItem
  /** From the root down to the direct parent. */
  readonly breadcrumbs: readonly FolderItem[]
  readonly folders: readonly FolderItem[]
  readonly files: readonly FileItem[]
  readonly next?: string
  readonly total: number
  readonly can: { readonly create: boolean }
}

export interface NewFolder {
  readonly name: string
}

export interface NewFile {
  /** With its extension. */
  readonly name: string
}

export interface Rename {
  /** The whole new name, with its extension. */
  readonly name: string
}

export interface Found {
  readonly items: readonly (FolderItem | FileItem)[]
  /** For each item, the names of the folders it lies in. */
  readonly paths: readonly (readonly string[])[]
  /** For each item, what stands around the words that were found in it. `null`: it was found by its name. */
  readonly snippets: readonly (readonly SnippetPart[] | null)[]
}

/** A piece of a document's text. */
export interface SnippetPart {
  readonly text: string
  readonly isFound: boolean
}

export interface VersionList {
  readonly versions: readonly {
    readonly version: string
    readonly size: number
    readonly modifiedAt: number
    readonly by?: string
    readonly isAutosave: boolean
    readonly isCurrent: boolean
  }[]
}

export interface TrashList {
  readonly items: readonly {
    readonly id: string
    readonly name: string
    readonly size: number
    readonly removedAt: number
    readonly by: string
  }[]
}

/** What a link lets whoever has it do. */
export type ShareType = 'ReadOnly' | 'ReadWrite'

export interface ShareLink {
  readonly id: string
  /** `FORMS`: an editor made it, for people to fill in a form and see nothing more. */
  readonly type: ShareType | 'FORMS'
  readonly url: string
  /** Who made it. */
  readonly by: string
  readonly isMine: boolean
  /** Absent: when it is revoked. */
  readonly expiresAt?: number
  /** Whoever made it may not use this server any more, so it opens nothing. */
  readonly isDead: boolean
}

export interface ShareList {
  readonly links: readonly ShareLink[]
  /** What whoever asks can make. */
  readonly types: readonly ShareType[]
  /** The longest that links work here, in milliseconds. Absent: until they are revoked. */
  readonly longest?: number
}

export interface NewShare {
  readonly type: ShareType
  /** After so many days it ends. Absent: when it is revoked, or as early as this server has it. */
  readonly days?: number
}

export interface ActivityItem {
  /** Its place among all that was told of the file. */
  readonly number: number
  readonly by: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly action: 'created' | 'updated' | 'deleted'
  readonly isReply: boolean
  /** Absent: there is none, or the comment has been deleted since. */
  readonly text?: string
  /** Names of those it mentions. */
  readonly mentions: readonly string[]
}

export interface ActivityList {
  /** Newest first. */
  readonly items: readonly ActivityItem[]
}

export interface Mention extends ActivityItem {
  readonly fileId: string
  readonly fileName: string
  readonly folderId: string
  readonly isNew: boolean
}

export interface MentionList {
  /** Newest first: of those documents that whoever asks can open now. */
  readonly items: readonly Mention[]
}

export interface MentionsSeen {
  /** The newest that has been seen, in milliseconds since the epoch. */
  readonly until: number
}

/** `conflict`: `fileId` was changed from outside while it was edited, and the saves go to `copyId`.
 * `shared`: links to it were made or revoked. `ended`: the link by which the page was opened does not work any more. */
export type ServerEvent =
  | {
      readonly what:
        | 'changed'
        | 'locked'
        | 'unlocked'
        | 'created'
        | 'removed'
        | 'renamed'
        | 'shared'
        | 'commented'
        | 'ended'
      readonly fileId: string
      readonly folderId?: string
      readonly name?: string
    }
  | { readonly what: 'conflict'; readonly fileId: string; readonly copyId: string; readonly copyName: string }
