import type { StoredFile } from '@openwopi/host'
import { type Context, Hono } from 'hono'
import { download } from '../files/download.ts'
import type { Env } from '../http/env.ts'
import { type Opening, openingOf } from '../open/opening.ts'
import { type WhyNot, whyNoEditor } from '../open/why-not.ts'
import { whyReadOnly } from '../open/why-read-only.ts'
import type { Site } from '../site.ts'
import { type Followed, followShare } from './follow.ts'
import { linkEvents } from './link-events.ts'
import { type LinkOpening, linkPage } from './link-page.ts'

/** What whoever has a share link is shown, without signing in. */
export const shareRoutes = (site: Site): Hono<Env> =>
  new Hono<Env>()
    .get('/:secret', async (c) => {
      const followed = await followShare(site, c, c.req.param('secret'))
      return linkPage(site, c, { ...followed, opening: await openingFor(site, c, followed) })
    })
    .get('/:secret/content', async (c) => {
      const { file } = await followShare(site, c, c.req.param('secret'))
      return download(site, c, file)
    })
    .get('/:secret/events', async (c) => linkEvents(site, c, await followShare(site, c, c.req.param('secret'))))

/** As the link allows; whoever may write can look only. */
async function openingFor(site: Site, c: Context<Env>, { file, can }: Followed): Promise<LinkOpening | WhyNot> {
  const view = !can.has('write') || c.req.query('action') === 'view'
  const opening = openingOf(site, file, { view })
  return opening ? { ...opening, why: await whyLess(site, opening, view) } : whyNoEditorFor(site, file)
}

const whyNoEditorFor = ({ editors }: Site, file: StoredFile) => whyNoEditor(editors, file, undefined)

/** A link for looking promises no more than it gives. */
const whyLess = async (site: Site, opening: Opening, view: boolean) => (view ? undefined : whyReadOnly(site, opening))
