import type { StoredFile } from '@openwopi/host'
import type { Context } from 'hono'
import { fileOf } from '../api/items.ts'
import { openPolicy, plainPolicy } from '../http/content-policy.ts'
import type { Env } from '../http/env.ts'
import { tooMany } from '../http/refusal.ts'
import { type OpenPage, openPage } from '../pages/open.ts'
import { openFailedPage } from '../pages/open-failed.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import { actionAddress, localeOf } from './action-address.ts'
import { type Opening, openingOf } from './opening.ts'
import { type WhyNot, whyNoEditor, whyUnusable } from './why-not.ts'
import { whyReadOnly } from './why-read-only.ts'

/** The page around an editor, with a fresh token for whoever asks for it. */
export const openRoute =
  (site: Site) =>
  async (c: Context<Env, '/open/:id'>): Promise<Response> => {
    const wait = await site.limits.minting.take(c.var.person.id)
    if (wait > 0) throw tooMany('Too many documents were opened in a short time. Wait a little and try again.', wait)
    const file = await fileOf(site, c.req.param('id'))
    const client = c.req.query('client')
    const opening = openingOf(site, file, {
      view: c.req.query('action') === 'view',
      convert: c.req.query('action') === 'convert',
      client,
    })
    if (!opening) return notOpened(c, file, whyNoEditor(site.editors, file, client))

    const locale = localeOf(c)
    const actionUrl = actionAddress(opening.editor, { wopiSrc: site.wopiSrc(file.id), locale, query: c.req.query() })
    const problem = whyUnusable(actionUrl, site.addresses.public)
    if (problem) return notOpened(c, file, problem)

    const { origin: clientOrigin } = new URL(actionUrl)
    const icon = favIconOf(opening)
    c.header('Content-Security-Policy', openPolicy(c.var.nonce, clientOrigin, icon.favIconUrl))
    const token = await tokenFor(site, opening, c.var.person)
    return c.html(openPage({ ...about(opening), ...icon, ...token, actionUrl, clientOrigin, nonce: c.var.nonce }))
  }

function notOpened(c: Context<Env>, file: StoredFile, why: WhyNot): Response | Promise<Response> {
  c.header('Content-Security-Policy', plainPolicy)
  return c.html(openFailedPage({ fileName: file.name, folderId: file.parentId, fileId: file.id, ...why }), 409)
}

const about = ({ file, isReadOnly }: Opening) => ({
  fileName: file.name,
  fileId: file.id,
  folderId: file.parentId,
  isReadOnly,
})

/** The icon of the editor, unless its address is none. */
export function favIconOf({ editor }: Pick<Opening, 'editor'>): { readonly favIconUrl?: string } {
  const { favIconUrl } = editor.picked.app
  return favIconUrl !== undefined && URL.canParse(favIconUrl) ? { favIconUrl } : {}
}

/** A token that allows no more than the editor will do, and why that may be less than was hoped for. */
async function tokenFor(
  site: Site,
  opening: Opening,
  user: Person,
): Promise<Pick<OpenPage, 'accessToken' | 'accessTokenTtl' | 'why'>> {
  const { file, editor, isReadOnly } = opening
  const client = editor.client.name
  await site.describe.learn(file)
  const { token, expiresAt } = site.tokens.mint({ user, file, view: isReadOnly, client })
  site.log({ level: 'info', event: 'opened', file: file.id, user: user.id, client, isReadOnly })
  site.audit.note({
    by: user,
    what: 'opened',
    to: file,
    details: isReadOnly ? `to read, with ${client}` : `with ${client}`,
  })
  const why = await whyReadOnly(site, opening)
  return { accessToken: token, accessTokenTtl: expiresAt, ...(why !== undefined && { why }) }
}
