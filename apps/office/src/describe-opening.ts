import { type CheckFileInfo, canEdit } from '@openwopi/protocol'
import type { Modern } from './converter/modern.ts'
import type { DocumentApp, Pages } from './documents/apps.ts'
import type { Frame, Offer, Opening } from './opening.ts'

export interface OpeningRequest {
  readonly convertsTo?: Modern
  readonly convertsNow?: true
  /** The extension of a document of which a PDF can be made. */
  readonly exportFrom?: string
  readonly pages?: Pages
  readonly ticket: string
  readonly action: 'view' | 'edit'
  readonly frame: Frame
  readonly wantsClose: boolean
  readonly language: string
  readonly locale: string
  readonly theme?: 'light' | 'dark'
}

/** What a page shows and offers, as CheckFileInfo has it. */
export function describeOpening(
  info: CheckFileInfo,
  app: DocumentApp,
  { convertsTo, convertsNow, exportFrom, wantsClose, ...request }: OpeningRequest,
): Opening {
  const isWhole = request.frame === 'page' || request.frame === 'mobile'
  const saveCopy = Boolean(info.SupportsUpdate) && !info.UserCanNotWriteRelative && isWhole
  const hostOrigin = originOf(info.PostMessageOrigin)
  return {
    ...request,
    kind: app.kind,
    icon: app.icon,
    ...(app.preview && { preview: app.preview }),
    ...(app.isConverted && { isConverted: true }),
    ...(convertsTo && saveCopy && { convertsTo, ...(convertsNow && { convertsNow }) }),
    fileName: info.BaseFileName,
    ...(info.UserFriendlyName && { userName: info.UserFriendlyName }),
    ...(hostOrigin && { hostOrigin }),
    can: {
      rename: Boolean(info.SupportsRename && info.UserCanRename) && request.action === 'edit' && isWhole,
      saveCopy,
      download: mayDownload(info) && request.frame !== 'preview',
      exportPdf: exportFrom !== undefined && isWhole,
      print: !info.RestrictedWebViewOnly && !info.DisablePrint && !info.HidePrintOption && isWhole,
    },
    offers: isWhole
      ? offersOf(info, { app, action: request.action, wantsClose, canTalk: hostOrigin !== undefined })
      : {},
    shareMessage: info.EnableShare && !info.FileSharingPostMessage ? 'UI_Share' : 'UI_Sharing',
    notifiesOfEdits: Boolean(info.EditNotificationPostMessage),
  }
}

/** Whether the host lets the document, or what is made of it, leave the page. */
export const mayDownload = (info: CheckFileInfo): boolean =>
  !info.RestrictedWebViewOnly && !info.DisableExport && !info.HideExportOption

interface OfferContext {
  readonly app: DocumentApp
  readonly action: OpeningRequest['action']
  readonly wantsClose: boolean
  readonly canTalk: boolean
}

function offersOf(info: CheckFileInfo, { app, action, wantsClose, canTalk }: OfferContext): Opening['offers'] {
  const offer = (byMessage: boolean | undefined, address: string | undefined): Offer | undefined => {
    if (byMessage && canTalk) return { by: 'message' }
    const url = webAddress(address)
    return url ? { by: 'address', url } : undefined
  }
  const close = offer(info.ClosePostMessage || wantsClose, info.CloseUrl)
  const mayEdit = app.canEdit && action === 'view' && canEdit(info)
  const edit = mayEdit ? offer(info.EditModePostMessage, info.HostEditUrl) : undefined
  const share = offer(info.FileSharingPostMessage || info.EnableShare, info.FileSharingUrl)
  const versions = offer(info.FileVersionPostMessage, info.FileVersionUrl)
  return { ...(close && { close }), ...(edit && { edit }), ...(share && { share }), ...(versions && { versions }) }
}

/** Addresses come from the host, and a page goes there when someone clicks: nothing but the web will do. */
export function webAddress(raw: string | undefined): string | undefined {
  if (!raw || !URL.canParse(raw)) return undefined
  const url = new URL(raw)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}

const originOf = (raw: string | undefined): string | undefined => {
  const url = webAddress(raw)
  return url && new URL(url).origin
}
