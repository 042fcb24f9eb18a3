import type { StoredFile } from '@openwopi/host'
import { type Context, Hono } from 'hono'
import { download } from '../files/download.ts'
import type { Env } from '../http/env.ts'
import { type Opening, openingOf } from '../open/opening.ts'
import { type WhyNot, whyNoEditor } from '../open/why-not.ts'
import { whyReadOnly } from '../open/why-read-only.ts'
import type { Site } from '../site.ts'
import { type Followed, followShare, followToFile, nothingHere } from './follow.ts'
import { linkEvents } from './link-events.ts'
import { linkFolder } from './link-folder.ts'
import { type LinkOpening, linkPage } from './link-page.ts'

/** What whoever has a share link is shown, without signing in: a document, or a folder and the documents in it. */
export function shareRoutes(site: Site): Hono<Env> {
  const open = async (c: Context<Env>) => {
    const followed = await followToFile(site, c)
    return linkPage(site, c, { ...followed, opening: await openingFor(site, c, followed) })
  }
  const routes = new Hono<Env>().get('/:secret', async (c) => {
    const share = await followShare(site, c)
    return share.resource.on === 'container' ? linkFolder(site, c, share) : open(c)
  })
  routes.get('/:secret/file/:file', open)
  for (const path of ['/:secret', '/:secret/file/:file']) {
    routes.get(`${path}/content`, async (c) => download(site, c, (await followToFile(site, c)).file))
    routes.get(`${path}/events`, async (c) => linkEvents(site, c, await followToFile(site, c)))
  }
  // Whoever has mistyped a link is not asked to sign in.
  return routes.all('*', nothingHere)
}

/** As the link allows; whoever may write can look only. */
async function openingFor(site: Site, c: Context<Env>, { file, can }: Followed): Promise<LinkOpening | WhyNot> {
  const view = !can.has('write') || c.req.query('action') === 'view'
  const opening = openingOf(site, file, { view })
  return opening ? { ...opening, why: await whyLess(site, opening, view) } : whyNoEditorFor(site, file)
}

const whyNoEditorFor = ({ editors }: Site, file: StoredFile) => whyNoEditor(editors, file, undefined)

/** A link for looking promises no more than it gives. */
const whyLess = async (site: Site, opening: Opening, view: boolean) => (view ? undefined : whyReadOnly(site, opening))
