import type { Cells, SecureStore } from '@openwopi/host'
import type { LinksByPurpose } from './access/signed-links.ts'
import type { Tokens } from './access/tokens.ts'
import type { Addresses } from './addresses.ts'
import type { Audit } from './audit/audit.ts'
import type { Editors } from './clients/editors.ts'
import type { LockHolders } from './clients/lock-holders.ts'
import type { Config } from './config.ts'
import type { Events } from './events.ts'
import type { Examinations } from './examination/examinations.ts'
import type { Describing } from './files/describe.ts'
import type { Templates } from './files/templates.ts'
import type { Inside } from './inside/open-inside.ts'
import type { RateLimit } from './limits/rate-limit.ts'
import type { LinkRights } from './links/link-rights.ts'
import type { Links } from './links/open-links.ts'
import type { Log } from './log-event.ts'
import type { MentionsSeen } from './mentions-seen.ts'
import type { People } from './sign-in/people.ts'
import type { Sessions } from './sign-in/sessions.ts'
import type { SignIn } from './sign-in/sign-in.ts'
import type { Recovery } from './spool/recovery.ts'
import type { Spool } from './spool/spool.ts'
import type { SpoolPlaces } from './spool/spool-places.ts'
import type { SpooledSaves } from './spool/spooled-saves.ts'
import type { Files } from './stored/open-files.ts'
import type { Health } from './watching/health.ts'
import type { Watch } from './watching/watch.ts'

/** What pages and routes stand on. */
export interface Site extends LinksByPurpose {
  readonly config: Config
  readonly addresses: Addresses
  readonly folder: Files
  readonly inside: Inside
  readonly people: People
  readonly signIn: SignIn
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly links: Links
  readonly linkRights: LinkRights
  readonly mentionsSeen: MentionsSeen
  readonly wopiSrc: (fileId: string) => string
  readonly editors: Editors
  readonly describe: Describing
  readonly templates: Templates
  readonly audit: Audit
  readonly events: Events
  readonly lockHolders: LockHolders
  readonly examinations: Examinations
  /** Absent: no key for it is configured. */
  readonly secureStore?: SecureStore
  /** Absent: it is not switched on. */
  readonly cells?: Cells
  /** Tokens minted for each person who opens documents, and for programs on this machine; links that are none, by peer. */
  readonly limits: { readonly minting: RateLimit; readonly control: RateLimit; readonly guessing: RateLimit }
  /** Where saves go that cannot be stored, and how they come back. Absent: nowhere. */
  readonly spool?: Spool
  readonly spooled?: SpooledSaves
  readonly recovery?: Recovery
  /** Absent: there are no other servers. */
  readonly spoolPlaces?: SpoolPlaces
  readonly health: Health
  readonly watch: Watch
  readonly log: Log
  readonly now: () => number
  /** Milliseconds that a lock lasts for which its client names no time. */
  readonly lockLifetime: number
}
