import { Hono } from 'hono'
import type { Env } from '../http/env.ts'
import { signedIn } from '../http/guards.ts'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'
import { activityRoutes, mentionRoutes } from './activities.ts'
import { adminRoutes } from './admin.ts'
import { auditRoutes } from './audit.ts'
import { eventRoutes } from './events.ts'
import { failedSaveRoutes } from './failed-saves.ts'
import { fileRoutes } from './files.ts'
import { folderRoutes } from './folders.ts'
import { searchRoutes } from './search.ts'
import { sessionRoutes } from './session.ts'
import { shareRoutes } from './shares.ts'
import { trashRoutes } from './trash.ts'
import { versionRoutes } from './versions.ts'

/** What the pages ask for and have done, as `api.ts` describes it. */
export const apiRoutes = (site: Site): Hono<Env> =>
  new Hono<Env>()
    .route('/session', sessionRoutes(site))
    .use(signedIn(site.signIn.identify))
    .route('/folders', folderRoutes(site))
    .route('/files', fileRoutes(site))
    .route('/files', versionRoutes(site))
    .route('/files', shareRoutes(site, 'file'))
    .route('/folders', shareRoutes(site, 'container'))
    .route('/files', activityRoutes(site))
    .route('/mentions', mentionRoutes(site))
    .route('/trash', trashRoutes(site))
    .route('/search', searchRoutes(site))
    .route('/failed-saves', failedSaveRoutes(site))
    .route('/audit', auditRoutes(site))
    .route('/admin', adminRoutes(site))
    .route('/events', eventRoutes(site))
    .all('*', () => {
      throw new Refusal(404, 'There is no such thing here.')
    })
