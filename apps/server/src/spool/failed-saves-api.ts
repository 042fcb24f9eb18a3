// What the page of failed saves and the server say to each other, under `/api/failed-saves`.

/** Saves that this server could not store, the latest first. */
export interface FailedSaveList {
  readonly items: readonly FailedSaveItem[]
}

/** A save that could not be stored, and what can be done with it. */
export type FailedSaveItem = RecoverableSave | UnreadableSave

/** One whose bytes are there. */
export interface RecoverableSave {
  readonly id: string
  readonly at: number
  readonly by: string
  readonly size: number
  /** Absent: nobody could be asked. */
  readonly name?: string
  /** The file it was a save of. Absent: it was to be a new one. */
  readonly fileId?: string
  readonly folderId?: string
  /** Why it cannot become a version of its file, as a sentence. Absent: it can. */
  readonly obstacle?: string
}

/** One of which nothing can be read. */
export interface UnreadableSave {
  readonly id: string
  /** Why, and what to do, as a sentence. */
  readonly problem: string
}

/** What is to become of it. */
export interface RestoreSave {
  readonly as: 'version' | 'copy'
}
