import { json } from '../bodies.ts'
import type { CheckFolderInfo } from '../check-folder-info.ts'
import { text } from '../formats.ts'
import { header, optional } from '../parts.ts'
import type { Operation } from './operation.ts'

const docs = 'https://learn.microsoft.com/openspecs/office_protocols/ms-wopi'

/** The operations on folders, as the protocol of 2013 has them for OneNote. */
// biome-ignore format: a row reads as a row
export const folders = {
  checkFolderInfo: {
    on: 'folder', method: 'GET', needs: 'read', promisedBy: 'SupportsFolders',
    request: { sessionContext: optional(header('X-WOPI-SessionContext', text)) },
    response: { info: json<CheckFolderInfo>() },
    fails: [],
    spec: `${docs}/checkfolderinfo`,
  },
  enumerateFolderChildren: {
    on: 'folder', method: 'GET', path: '/children', needs: 'read', promisedBy: 'SupportsFolders',
    request: {},
    response: { children: json<{ Children: readonly { Name: string; Url: string; Version: string }[] }>() },
    fails: [],
    spec: `${docs}/enumeratechildren`,
  },
} as const satisfies Record<string, Operation>
