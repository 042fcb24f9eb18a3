import type { Hocuspocus } from '@hocuspocus/server'
import type { FileClient } from '@openwopi/client'
import type { OfficeEvent } from '../office-options.ts'
import type { Tickets } from '../tickets.ts'
import type { DocumentStore } from './document-store.ts'

/** What editing stands on. */
export interface OfficePorts {
  readonly hocuspocus: Hocuspocus
  readonly tickets: Tickets
  readonly store: DocumentStore
  readonly lockId: (wopiSrc: string) => string
  /** A signed client for a file; the token of each call may be another one. */
  readonly client: (wopiSrc: string, accessToken: string) => FileClient
  /** Milliseconds. */
  readonly autosaveAfter: number
  readonly now: () => number
  readonly observe: (event: OfficeEvent) => void
}
