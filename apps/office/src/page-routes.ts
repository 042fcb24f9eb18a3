import { randomBytes } from 'node:crypto'
import { type CheckFileInfo, WopiError } from '@openwopi/protocol'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AllowedHosts } from './allowed-hosts.ts'
import { converts } from './converter/formats.ts'
import { modernFor } from './converter/modern.ts'
import { describeOpening, mayDownload } from './describe-opening.ts'
import { appFor, type DocumentApp, pagesOf, toView } from './documents/apps.ts'
import type { OfficePorts } from './editing/office-ports.ts'
import { whyNot } from './editing/why-not.ts'
import { extensionOf } from './file-name.ts'
import { languageOf } from './language-of.ts'
import { type FormFields, type OpenRequest, readOpenRequest } from './open-request.ts'
import type { Opening } from './opening.ts'
import { pageAssets } from './pages/assets.ts'
import { documentPage } from './pages/document-page.ts'
import { type FailureName, failurePage } from './pages/failure-page.ts'
import { waitingPage } from './pages/waiting-page.ts'
import type { SealedTokens } from './sealed-tokens.ts'
import { pagePolicy } from './security-headers.ts'

export interface PageOptions {
  readonly ports: OfficePorts
  readonly hosts: AllowedHosts
  /** Where browsers reach this client. */
  readonly url: string
  readonly sealed: SealedTokens
}

/** Tokens that come back sealed are a third longer. */
const longestForm = 96 * 1024
const statuses: Readonly<Partial<Record<FailureName, 400 | 403 | 404 | 405 | 415 | 502>>> = {
  get: 405,
  malformed: 400,
  'not-allowed': 403,
  'no-token': 400,
  'unknown-type': 415,
  'no-converter': 415,
  'host-away': 502,
}

/** The pages that hosts send browsers to. */
export function pageRoutes(options: PageOptions): Hono {
  const { origin, pathname } = new URL(options.url)
  const base = pathname.replace(/\/$/, '')
  const socket = `${origin.replace(/^http/, 'ws')}${base}/socket`

  const pagePolicyFor = (nonce: string, opening?: Opening, hasForm = false) =>
    pagePolicy({
      nonce,
      hasForm,
      ancestors: [...new Set([...options.hosts.origins, ...(opening?.hostOrigin ? [opening.hostOrigin] : [])])],
      socket,
      hasStyleAttributes: opening?.kind === 'word',
    })

  const fail = (context: Context, name: FailureName) => {
    const nonce = newNonce()
    const { strings, language } = languageOf(context)
    if (name === 'get') context.header('Allow', 'POST')
    context.header('Content-Security-Policy', pagePolicyFor(nonce))
    return context.html(failurePage(name, { strings, language: language.tag, nonce }), statuses[name] ?? 404)
  }

  const wait = async (context: Context, { wopiSrc, accessToken, expiresAt }: OpenRequest) => {
    const nonce = newNonce()
    const { strings, language } = languageOf(context)
    const sealed = options.sealed.seal(wopiSrc, { accessToken, ...(expiresAt && { expiresAt }) })
    const { waiting: script } = await pageAssets()
    context.header('Content-Security-Policy', pagePolicyFor(nonce, undefined, true))
    const page = waitingPage({ strings, language: language.tag, nonce, base, script, sealed })
    return context.html(page, statuses['host-away'])
  }

  const open = (wanted: 'view' | 'edit' | 'convert') => async (context: Context) => {
    const action = wanted === 'edit' ? 'edit' : 'view'
    const request = readOpenRequest(context.req.url, await readForm(context), options)
    if ('refusal' in request) return fail(context, request.refusal)
    const found = await lookUp(request, options.ports)
    if (found === 'host-away') return wait(context, request)
    if (typeof found === 'string') return fail(context, found)
    const extension = extensionIn(found.info)
    const app = action === 'view' ? toView(found.app, options.ports.converter, extension) : found.app
    const convertFrom = app.isConverted && extension
    const convertsTo = convertFrom ? modernFor(convertFrom) : undefined
    const canExport = !convertFrom && mayDownload(found.info) && options.ports.converter?.offers(extension, 'pdf')
    const exportFrom = canExport ? extension : undefined
    const pages = pagesOf(app, extension, options.ports.converter)
    const ticket = await options.ports.tickets.create({
      ...request,
      action: app.canEdit ? action : 'view',
      ...(convertFrom && { convertFrom }),
      ...(exportFrom && { exportFrom }),
      ...(pages === 'on demand' && { pagesFrom: extension }),
    })
    const { language } = languageOf(context)
    const { frame, wantsClose, locale = language.locale, theme } = request
    const opening = describeOpening(found.info, app, {
      ticket,
      action: app.canEdit ? action : 'view',
      frame,
      wantsClose,
      language: language.tag,
      locale,
      ...(exportFrom && { exportFrom }),
      ...(pages && { pages }),
      ...(convertsTo && { convertsTo, ...(wanted === 'convert' && { convertsNow: true }) }),
      ...(theme && { theme }),
    })
    const nonce = newNonce()
    context.header('Content-Security-Policy', pagePolicyFor(nonce, opening))
    return context.html(documentPage(opening, { base, assets: await pageAssets(), nonce }))
  }

  return new Hono()
    .post('/edit', bodyLimit({ maxSize: longestForm }), open('edit'))
    .post('/view', bodyLimit({ maxSize: longestForm }), open('view'))
    .post('/convert', bodyLimit({ maxSize: longestForm }), open('convert'))
    .all('/convert', (context) => fail(context, 'get'))
    .all('/edit', (context) => fail(context, 'get'))
    .all('/view', (context) => fail(context, 'get'))
    .all('*', (context) => fail(context, 'not-found'))
}

const newNonce = (): string => randomBytes(16).toString('base64')

async function readForm(context: Context): Promise<FormFields> {
  const form = await context.req.formData().catch(() => new FormData())
  const fields = new Map<string, string[]>()
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.set(name, [...(fields.get(name) ?? []), value])
  }
  return fields
}

interface Found {
  readonly info: CheckFileInfo
  readonly app: DocumentApp
}

/** Without the dot. */
const extensionIn = ({ FileExtension, BaseFileName }: CheckFileInfo): string =>
  FileExtension?.replace(/^\./, '') ?? extensionOf(BaseFileName)

/** Asks the host about the file, and finds what opens it. */
async function lookUp(request: OpenRequest, ports: OfficePorts): Promise<Found | FailureName> {
  const { wopiSrc, accessToken, sessionContext } = request
  try {
    const { info } = await ports.client(wopiSrc, accessToken).checkFileInfo(sessionContext ? { sessionContext } : {})
    const app = appFor(ports.apps, extensionIn(info))
    if (app) return { info, app }
    return !ports.converter && converts(extensionIn(info), 'pdf') ? 'no-converter' : 'unknown-type'
  } catch (cause) {
    if (!(cause instanceof WopiError)) ports.observe({ what: 'host not reached', wopiSrc, cause })
    return whyNot(cause)
  }
}
