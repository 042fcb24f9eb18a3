/** The address of a folder's page. */
export const folderAddress = (id: string): string => (id === 'root' ? '/' : `/folder/${encodeURIComponent(id)}`)

/** The address of the page that opens a file in an editor. */
export const openAddress = (id: string, action?: 'view' | 'edit'): string =>
  `/open/${encodeURIComponent(id)}${action ? `?action=${action}` : ''}`

/** The address of a file's bytes, as a download. */
export const contentAddress = (id: string): string => `/api/files/${encodeURIComponent(id)}/content`

/** The address of an earlier version's bytes, as a download. */
export const versionAddress = (id: string, version: string): string =>
  `/api/files/${encodeURIComponent(id)}/versions/${encodeURIComponent(version)}/content`
