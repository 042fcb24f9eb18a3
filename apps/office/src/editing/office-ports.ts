import type { Hocuspocus } from '@hocuspocus/server'
import type { FileClient } from '@openwopi/client'
import type { Converter } from '../converter/converter.ts'
import type { DocumentApp } from '../documents/apps.ts'
import type { OfficeEvent } from '../office-options.ts'
import type { Tickets } from '../tickets.ts'
import type { DocumentStore } from './document-store.ts'
import type { Homes } from './homes.ts'
import type { LockIds } from './lock-id.ts'

/** What editing stands on. */
export interface OfficePorts {
  readonly hocuspocus: Hocuspocus
  readonly tickets: Tickets
  /** All that is opened. */
  readonly apps: readonly DocumentApp[]
  /** Absent: there is nothing that turns documents into others. */
  readonly converter?: Converter
  readonly store: DocumentStore
  readonly homes: Homes
  readonly lockIds: LockIds
  /** A signed client for a file; the token of each call may be another one. */
  readonly client: (wopiSrc: string, accessToken: string) => FileClient
  /** Milliseconds. */
  readonly autosaveAfter: number
  readonly now: () => number
  readonly observe: (event: OfficeEvent) => void
}
