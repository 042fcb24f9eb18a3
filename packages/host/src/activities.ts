import type { User } from './ports.ts'

/** Someone whom an activity names. */
export interface ActivityPerson {
  readonly id: string
  readonly name: string
  /** Where the id is from: the host itself, or a directory that both know. */
  readonly provider: string
  readonly isMentioned: boolean
}

/** A comment that was made, changed or deleted in a document. */
export interface CommentActivity {
  /** As the client made it up: the same again is the same activity. */
  readonly id: string
  readonly action: 'created' | 'updated' | 'deleted'
  /** Which comment. */
  readonly contentId: string
  /** Where in the document, for whoever opens it there. */
  readonly navigationId?: string
  readonly text?: string
  readonly isReply: boolean
  readonly people: readonly ActivityPerson[]
  /** When, as the client wrote it: clients write times that are none. */
  readonly at?: string
}

/** A comment activity that is kept. */
export interface KeptActivity extends CommentActivity {
  /** Who told it. */
  readonly by: User
  /** When it was told, in milliseconds since the epoch. */
  readonly toldAt: number
}

/** What happened in documents, as clients tell it. */
export interface Activities {
  /** Keeps all of them or throws. Of those whose ids are known of this file already, nothing is kept twice. */
  add(fileId: string, activities: readonly CommentActivity[], by: User): Promise<void>
  /** In the order in which they came. */
  list(fileId: string): Promise<readonly KeptActivity[]>
  /** Those that mention a user, newest first, at most `limit`. Whether the user may see the file is not asked here. */
  mentioning(userId: string, limit: number): Promise<readonly (KeptActivity & { readonly fileId: string })[]>
}
