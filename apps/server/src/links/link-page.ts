import type { Context } from 'hono'
import type { Editor } from '../clients/editors.ts'
import { openPolicy, plainPolicy } from '../http/content-policy.ts'
import type { Env } from '../http/env.ts'
import { tooMany } from '../http/refusal.ts'
import { actionAddress, localeOf } from '../open/action-address.ts'
import { favIconOf } from '../open/open-route.ts'
import { type WhyNot, whyUnusable } from '../open/why-not.ts'
import { openPage } from '../pages/open.ts'
import { openFailedPage } from '../pages/open-failed.ts'
import type { Site } from '../site.ts'
import type { Followed } from './follow.ts'
import { guestOf } from './guest.ts'
import { sharePath } from './open-links.ts'

/** How the page of a link opens its document. */
export interface LinkOpening {
  readonly editor: Editor
  readonly isReadOnly: boolean
  /** Why it is less than the link allows. */
  readonly why?: string | undefined
}

/** The page around an editor for whoever has followed a link, with a token that stands and falls with the link. */
export async function linkPage(
  site: Site,
  c: Context<Env>,
  { link, file, opening }: Followed & { readonly opening: LinkOpening | WhyNot },
): Promise<Response> {
  const wait = await site.limits.minting.take(`peer ${c.var.peer.address}`)
  if (wait > 0) throw tooMany('Too many documents were opened in a short time. Wait a little and try again.', wait)
  if (!('editor' in opening)) return notOpened(c, file.name, opening)

  const actionUrl = actionAddress(opening.editor, { wopiSrc: site.wopiSrc(file.id), locale: localeOf(c) })
  const problem = whyUnusable(actionUrl, site.addresses.public)
  if (problem) return notOpened(c, file.name, problem)

  const { origin: clientOrigin } = new URL(actionUrl)
  const icon = favIconOf(opening)
  const user = guestOf(c, site.addresses.public.startsWith('https:'))
  const client = opening.editor.client.name
  const { token, expiresAt } = site.tokens.mint({ user, file, view: opening.isReadOnly, client, share: link })
  site.log({ level: 'info', event: 'opened by link', file: file.id, link, user: user.id, client })
  site.audit.note({ by: user, what: 'opened', to: file, details: `by a link, with ${client}` })
  c.header('Content-Security-Policy', openPolicy(c.var.nonce, clientOrigin, icon.favIconUrl))
  return c.html(
    openPage({
      ...{ fileName: file.name, fileId: file.id, isReadOnly: opening.isReadOnly, isByLink: true },
      ...{ actionUrl, clientOrigin, accessToken: token, accessTokenTtl: expiresAt, nonce: c.var.nonce },
      ...icon,
      ...(opening.why !== undefined && { why: opening.why }),
    }),
  )
}

function notOpened(c: Context<Env>, fileName: string, why: WhyNot): Response | Promise<Response> {
  c.header('Content-Security-Policy', plainPolicy)
  const { pathname } = new URL(c.req.url)
  const download = pathname.startsWith(`${sharePath}/`) && { download: `${pathname}/content` }
  return c.html(openFailedPage({ fileName, isByLink: true, ...download, ...why }), 409)
}
