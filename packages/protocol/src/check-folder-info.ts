import type { PlainProperties, PlainPropertyRow } from './plain-properties.ts'

/** Every property of CheckFolderInfo. One that is absent is `false` or `''`. */
// biome-ignore format: a row reads as a row
export const folderProperties = {
  FolderName: { kind: 'text', required: true, says: 'The name of the folder, without its path.' },
  OwnerId: { kind: 'text', required: true, says: 'Stable id of the folder’s owner.' },
  UserId: { kind: 'text', says: 'Stable id of whoever asks.' },
  UserFriendlyName: { kind: 'text', says: 'The user’s name as others see it.' },
  UserCanWrite: { kind: 'bool', says: 'The user may change what is in the folder.' },
  BreadcrumbBrandName: { kind: 'text', says: 'The host’s name in the header.' },
  BreadcrumbBrandUrl: { kind: 'url', says: 'Where the host’s name leads.' },
  BreadcrumbFolderName: { kind: 'text', says: 'The name of the folder above in the header.' },
  BreadcrumbFolderUrl: { kind: 'url', says: 'Where the name of the folder above leads.' },
  CloseUrl: { kind: 'url', says: 'Where the window goes when the user closes the folder.' },
  HostEditUrl: { kind: 'url', says: 'The host’s page that edits what is in the folder.' },
  HostViewUrl: { kind: 'url', says: 'The host’s page that shows what is in the folder.' },
} as const satisfies Record<string, PlainPropertyRow>

/** The answer of CheckFolderInfo. */
export type CheckFolderInfo = PlainProperties<typeof folderProperties>
