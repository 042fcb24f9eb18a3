import { base } from './base.ts'

/** The address of a folder's page. */
export const folderAddress = (id: string): string =>
  id === 'root' ? `${base}/` : `${base}/folder/${encodeURIComponent(id)}`

/** Whether an address is that of a folder's page. */
export const isFolderAddress = (address: string): boolean =>
  address === folderAddress('root') || address.startsWith(`${base}/folder/`)

/** The address of the trash. */
export const trashAddress = `${base}/trash`

/** The address of this product's icon. */
export const iconAddress = `${base}/assets/icon.svg`

/** The address of the page that opens a file in an editor. */
export const openAddress = (id: string, action?: 'view' | 'edit' | 'convert'): string =>
  `${base}/open/${encodeURIComponent(id)}${action ? `?action=${action}` : ''}`

/** The address of a file's bytes, as a download. */
export const contentAddress = (id: string): string => `${base}/api/files/${encodeURIComponent(id)}/content`

/** The address of a picture of a document's first page. */
export const thumbnailAddress = (id: string, version: string): string =>
  `${base}/api/files/${encodeURIComponent(id)}/thumbnail?${new URLSearchParams({ v: version })}`

/** The address of an earlier version's bytes, as a download. */
export const versionAddress = (id: string, version: string): string =>
  `${base}/api/files/${encodeURIComponent(id)}/versions/${encodeURIComponent(version)}/content`
