import { json } from '../bodies.ts'
import { text } from '../formats.ts'
import { header, optional } from '../parts.ts'
import type { Operation } from './operation.ts'

const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest'
const openspecs = 'https://learn.microsoft.com/openspecs/office_protocols/ms-wopi'

/** What a link lets its bearer do, as GetShareUrl names it. */
export const shareUrlTypes = ['ReadOnly', 'ReadWrite'] as const
/** What a link lets its bearer do. */
export type ShareUrlType = (typeof shareUrlTypes)[number]

/** A kind that is not known is answered as one that is not offered: with 501. */
const share = {
  request: { urlType: optional(header('X-WOPI-UrlType', text)) },
  response: { share: json<{ ShareUrl: string }>() },
  fails: [],
} as const
const kind = optional(header('X-WOPI-RestrictedLink', text))

/** The operations that make links and take them back. */
// biome-ignore format: a row reads as a row
export const sharing = {
  getShareUrl: {
    on: 'file', method: 'POST', override: 'GET_SHARE_URL', needs: 'read', promisedBy: 'SupportedShareUrlTypes',
    ...share,
    spec: `${docs}/files/getshareurl`,
  },
  getContainerShareUrl: {
    on: 'container', method: 'POST', override: 'GET_SHARE_URL', needs: 'read', promisedBy: 'SupportedShareUrlTypes',
    ...share,
    spec: `${docs}/containers/getshareurl`,
  },
  getRestrictedLink: {
    on: 'file', method: 'POST', override: 'GET_RESTRICTED_LINK', needs: 'write', promisedBy: 'SupportsScenarioLinks',
    request: { kind },
    response: { link: header('X-WOPI-RestrictedUseLink', text) },
    fails: [],
    spec: `${openspecs}/getrestrictedlink`,
  },
  revokeRestrictedLink: {
    on: 'file', method: 'POST', override: 'REVOKE_RESTRICTED_LINK', needs: 'write', promisedBy: 'SupportsScenarioLinks',
    request: { kind },
    response: {},
    fails: [],
    spec: `${openspecs}/revokerestrictedlink`,
  },
} as const satisfies Record<string, Operation>
