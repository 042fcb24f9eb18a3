import type { Cells, SecureStore } from '@openwopi/host'
import { wopiSrc } from '@openwopi/protocol'
import { keyFor } from './access/secrets.ts'
import { signedLinksOf } from './access/signed-links.ts'
import { createTokens } from './access/tokens.ts'
import { type Addresses, wopiUrl } from './addresses.ts'
import type { Audit } from './audit/audit.ts'
import { discoveryCache } from './clients/discovery-cache.ts'
import { createEditors } from './clients/editors.ts'
import { lockHolders } from './clients/lock-holders.ts'
import type { ClientConfig, Config } from './config.ts'
import type { Events } from './events.ts'
import { createExaminations } from './examination/examinations.ts'
import { describing } from './files/describe.ts'
import { templatesIn } from './files/templates.ts'
import type { Inside } from './inside/open-inside.ts'
import { databaseLimits } from './limits/database-limits.ts'
import { memoryLimits } from './limits/memory-limits.ts'
import { linkRights } from './links/link-rights.ts'
import { openLinks } from './links/open-links.ts'
import { rememberedRights } from './links/remembered-rights.ts'
import type { Log } from './log-event.ts'
import { mentionsSeen } from './mentions-seen.ts'
import type { OpenedData } from './opened-data.ts'
import { sessions } from './sign-in/sessions.ts'
import { createSignIn } from './sign-in/sign-in.ts'
import type { Site } from './site.ts'
import { createRecovery } from './spool/recovery.ts'
import type { Health } from './watching/health.ts'
import type { Watch } from './watching/watch.ts'

/** What a site is made of. */
export interface SiteParts {
  readonly config: Config
  readonly addresses: Addresses
  readonly clients: readonly ClientConfig[]
  readonly data: OpenedData
  readonly inside: Inside
  readonly audit: Audit
  readonly events: Events
  readonly secureStore?: SecureStore | undefined
  /** Without a spool, saves that cannot be stored are not put aside. */
  readonly spooling: Pick<Site, 'spool' | 'spooled' | 'spoolPlaces'>
  readonly cells?: Cells | undefined
  readonly health: Health
  readonly watch: Watch
  readonly log: Log
  readonly now: () => number
  readonly lockLifetime: number
}

const minute = 60_000

/** Puts together what pages, API and WOPI host stand on. */
export function createSite({ clients, data, secureStore, spooling, cells, ...parts }: SiteParts): Site {
  const { config, addresses, audit, events, log, now } = parts
  const { folder, people } = data
  const { db, users, key, revocations } = data.state
  const signed = signedLinksOf(key, now)
  const templates = templatesIn(config.templates)
  const links = openLinks({ config, addresses, folder, key })
  const own = memoryLimits(now)
  const limits = config.database === undefined ? own : databaseLimits(db, now)
  const rights = linkRights({ links, people, folder })
  const signedIn = sessions(db, now)
  return {
    ...parts,
    ...(secureStore && { secureStore }),
    ...spooling,
    ...(spooling.spool && { recovery: createRecovery({ spool: spooling.spool, folder, audit, events, now }) }),
    ...(cells && { cells }),
    folder,
    people,
    signIn: createSignIn({ users, people, sessions: signedIn, publicUrl: addresses.public, limits }),
    sessions: signedIn,
    tokens: createTokens({
      key: keyFor('access tokens', key),
      people,
      linkRights: rememberedRights(rights, now),
      revocations,
      lifetime: config.tokenLifetime,
      now,
    }),
    links,
    linkRights: rights,
    mentionsSeen: mentionsSeen(db),
    wopiSrc: (id) => wopiSrc(wopiUrl(addresses), 'file', id),
    editors: createEditors(clients, {
      preferences: config.preferences,
      hasCells: cells !== undefined && !config.without?.some((name) => name === 'cells' || name === 'locks'),
      cache: discoveryCache(config.dataFolder),
      log,
      now,
    }),
    describe: describing({ addresses, containers: folder.containers, templates, ...signed }),
    ...signed,
    templates,
    lockHolders: lockHolders(db, log),
    examinations: createExaminations(config, addresses, now),
    limits: {
      minting: limits('minting', { times: 120, per: minute }),
      // Whoever asks here is on this machine.
      control: own('control', { times: 1200, per: minute }),
      guessing: limits('guessing', { times: 20, per: minute }),
    },
  }
}
