import type { StoredFile } from '@openwopi/host'
import { actionUrl, longestActionUrl } from '@openwopi/protocol'
import type { Context } from 'hono'
import { fileOf } from './api/items.ts'
import { openPolicy, plainPolicy } from './content-policy.ts'
import { type Editor, type Editors, extensionOf } from './editors.ts'
import type { Env } from './env.ts'
import { openBy } from './locking.ts'
import { openPage } from './pages/open.ts'
import { openFailedPage } from './pages/open-failed.ts'
import { permissionsFor } from './permissions.ts'
import { tooMany } from './refusal.ts'
import type { Site } from './site.ts'

/** The page around an editor, with a fresh token for whoever asks for it. */
export const openRoute =
  (site: Site) =>
  async (c: Context<Env, '/open/:id'>): Promise<Response> => {
    const wait = site.limits.minting.take(c.var.person.id)
    if (wait > 0) throw tooMany('Too many documents were opened in a short time. Wait a little and try again.', wait)
    const file = await fileOf(site, c.req.param('id'))
    const canWrite = permissionsFor(file).has('write')
    const wanted = c.req.query('action') === 'view' || !canWrite ? 'view' : 'edit'
    const client = c.req.query('client')
    const opening = { extension: extensionOf(file.name), wanted, canWrite, isEmpty: file.size === 0 } as const
    const editor = site.editors.editorFor({ ...opening, ...(client !== undefined && { client }) })
    if (!editor) return failed(c, file, whyNot(site.editors, file, client))

    await site.describe.learn(file)
    const src = site.wopiSrc(file.id)
    const url = addressOf(editor, { src, locale: localeOf(c), query: c.req.query() })
    const problem = problemOf(url, site.addresses.public)
    if (problem) return failed(c, file, problem)

    const isReadOnly = wanted === 'view' || editor.picked.isReadOnly
    const { token, expiresAt } = site.tokens.mint({
      user: c.var.person,
      file,
      view: isReadOnly,
      client: editor.client.name,
    })
    site.log({
      level: 'info',
      event: 'opened',
      file: file.id,
      user: c.var.person.id,
      client: editor.client.name,
      isReadOnly,
    })
    const why = await whyReadOnly(site, { file, editor, wanted, canWrite })
    const { favIconUrl } = editor.picked.app
    const nonce = c.var.nonce
    c.header('Content-Security-Policy', openPolicy(nonce, new URL(url).origin, favIconUrl))
    c.header('Cache-Control', 'no-store')
    return c.html(
      openPage({
        fileName: file.name,
        fileId: file.id,
        folderId: file.parentId,
        ...(favIconUrl !== undefined && { favIconUrl }),
        actionUrl: url,
        accessToken: token,
        accessTokenTtl: expiresAt,
        clientOrigin: new URL(url).origin,
        nonce,
        isReadOnly,
        ...(why !== undefined && { why }),
        locale: localeOf(c),
      }),
    )
  }

interface Why {
  readonly message: string
  readonly hint?: string
}

function failed(c: Context<Env>, file: StoredFile, why: Why): Response {
  c.header('Content-Security-Policy', plainPolicy)
  return c.html(
    openFailedPage({ fileName: file.name, folderId: file.parentId, fileId: file.id, ...why }),
    409,
  ) as Response
}

/** The address to post the token to. Parameters of the page that start with `wd` are meant for the editor. */
export function addressOf(
  { client, picked }: Editor,
  {
    src,
    locale,
    query = {},
  }: { readonly src: string; readonly locale: string; readonly query?: Readonly<Record<string, string>> },
): string {
  const collabora =
    client.profile === 'collabora' ? { lang: locale, ...(picked.isReadOnly && { permission: 'readonly' }) } : {}
  const wd = Object.fromEntries(Object.entries(query).filter(([name]) => /^wd/.test(name)))
  const fill = (more: Record<string, string>) =>
    actionUrl(picked.action.urlsrc, { WOPI_SOURCE: src, UI_LLCC: locale }, more)
  const url = fill({ ...collabora, ...wd })
  return url.length <= longestActionUrl ? url : fill(collabora)
}

function problemOf(url: string, publicUrl: string): Why | undefined {
  if (!/^https?:/.test(url)) return { message: 'The editor has given an address that no browser opens.' }
  if (url.length > longestActionUrl) {
    return {
      message: `The address of the editor would be longer than the ${longestActionUrl} characters that editors take.`,
    }
  }
  if (publicUrl.startsWith('https:') && url.startsWith('http:')) {
    return {
      message: `The editor lies at an http address (${new URL(url).origin}), and browsers load no such page inside an https page.`,
      hint: 'Whoever runs the editor has to give it an https address.',
    }
  }
  return undefined
}

function whyNot(editors: Editors, { name }: StoredFile, client: string | undefined): Why {
  const away = editors.away().find((one) => !one.isKnown && (client === undefined || one.client.name === client))
  if (client !== undefined && !editors.clients.some((one) => one.name === client)) {
    return { message: `There is no editor called “${client.slice(0, 40)}” here.` }
  }
  if (away) {
    return {
      message: `The editor ${away.client.name} is away: ${away.why}.`,
      hint: `It is tried again all the time. If this lasts, check that ${new URL(away.client.url).origin} is running and can be reached from this server.`,
    }
  }
  const extension = extensionOf(name)
  return {
    message:
      extension === ''
        ? 'Its name has no extension, so no editor knows what it is.'
        : `No editor here opens .${extension} files.`,
    hint: 'Download it to open it with a program of your own.',
  }
}

interface Opened {
  readonly file: StoredFile
  readonly editor: Editor
  readonly wanted: 'view' | 'edit'
  readonly canWrite: boolean
}

/** Why someone who might want to write cannot, or will not be able to. `undefined`: they can, or asked only to look. */
async function whyReadOnly(site: Site, { file, editor, wanted, canWrite }: Opened): Promise<string | undefined> {
  if (!canWrite) return 'The file is marked read-only on disk.'
  if (wanted === 'view') return undefined
  if (editor.picked.isReadOnly)
    return `${editor.picked.app.name} can show .${extensionOf(file.name)} files, but not edit them.`
  const by = await openBy(site, file)
  if (!by) return undefined
  if (by.isDesktop) return `${by.name} has it open in a desktop program.`
  // Whoever uses the same editor joins in, and both edit.
  return site.lockHolders.clientOf(file.id) === editor.client.name
    ? undefined
    : `${by.name} has it open in another editor.`
}

/** The first language that the browser asks for, as a tag. */
export function localeOf(c: Context): string {
  const [first = ''] = (c.req.header('Accept-Language') ?? '').split(/[,;]/)
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(first.trim()) ? first.trim() : 'en-US'
}
