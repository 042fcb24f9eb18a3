// What the page of owners and the server say to each other, under `/api/admin`.

/** Who is signed in, for owners. */
export interface AdminSessions {
  /** Those used last, first. */
  readonly items: readonly AdminSession[]
  /** How many there are in all. */
  readonly total: number
}

export interface AdminSession {
  readonly id: string
  readonly name: string
  /** Milliseconds since the epoch, as all times here. */
  readonly begunAt: number
  readonly usedAt: number
  /** It is the one in which this is asked. */
  readonly isThis: boolean
}

/** The documents that are open to be changed, for owners. */
export interface AdminLocks {
  readonly items: readonly AdminLock[]
  /** There are more, which are not listed. */
  readonly hasMore: boolean
}

export interface AdminLock {
  readonly fileId: string
  readonly name: string
  readonly folderId: string
  readonly by: string
  /** When the lock ends unless it is refreshed. */
  readonly until: number
  /** The client that holds it. Absent: it is not known. */
  readonly client?: string
}

/** The WOPI clients that this server works with, for owners. */
export interface AdminClients {
  readonly items: readonly AdminClient[]
  /** Whether their requests must be signed. */
  readonly proof: string
}

export interface AdminClient {
  readonly name: string
  readonly profile: string
  /** Of its discovery document. */
  readonly url: string
  /** Its discovery document has been read at some time. */
  readonly isKnown: boolean
  /** Why it could not be read the last time. Absent: it could. */
  readonly why?: string
  /** What it signs with, a pair for each of its machines. Empty: it publishes no keys. */
  readonly keys: readonly AdminKeys[]
}

/** The first 16 hexadecimal digits of the SHA-256 of each key. */
export interface AdminKeys {
  readonly current: string
  readonly old?: string
}

/** What is stored, for owners. */
export interface AdminStorage {
  readonly answer: {
    readonly folders: number
    readonly files: StoredAmount
    readonly earlierVersions: StoredAmount
    readonly trash: StoredAmount
    /** Bytes. Absent: nobody can say. */
    readonly free?: number
  }
  /** When it was counted. */
  readonly at: number
}

export interface StoredAmount {
  readonly count: number
  readonly bytes: number
}
