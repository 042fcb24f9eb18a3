import type { FolderStorage } from '@openwopi/storage-folder'
import type { Addresses } from './addresses.ts'
import type { Config } from './config.ts'
import type { Describing } from './describe.ts'
import type { DownloadLinks } from './download-links.ts'
import type { Editors } from './editors.ts'
import type { Events } from './events.ts'
import type { LockHolders } from './lock-holders.ts'
import type { Log } from './log-event.ts'
import type { People } from './people.ts'
import type { RateLimit } from './rate-limit.ts'
import type { SignIn } from './sign-in.ts'
import type { Tokens } from './tokens.ts'

/** What pages and routes stand on. */
export interface Site {
  readonly config: Config
  readonly addresses: Addresses
  readonly folder: FolderStorage
  readonly people: People
  readonly signIn: SignIn
  readonly tokens: Tokens
  readonly wopiSrc: (fileId: string) => string
  readonly editors: Editors
  readonly describe: Describing
  readonly downloads: DownloadLinks
  readonly events: Events
  readonly lockHolders: LockHolders
  /** Tokens minted for each person who opens documents, and for programs on this machine. */
  readonly limits: { readonly minting: RateLimit; readonly control: RateLimit }
  readonly log: Log
  readonly now: () => number
}
