import type { PlainProperties, PlainPropertyRow } from './plain-properties.ts'

/** Every property of CheckContainerInfo. One that is absent is `false`, `''` or `[]`. */
// biome-ignore format: a row reads as a row
export const containerProperties = {
  Name: { kind: 'text', required: true, says: 'The name of the container, without its path.' },
  HostUrl: { kind: 'url', says: 'A page of the host that shows the container.' },
  SharingUrl: { kind: 'url', says: 'A page of the host where the container can be shared.' },
  IsAnonymousUser: { kind: 'bool', says: 'The user has not signed in.' },
  IsEduUser: { kind: 'bool', says: 'The user belongs to a school; the same as for the files in it.' },
  LicenseCheckForEditIsEnabled: { kind: 'bool', says: 'The user is a business user, whose licence is checked; the same as for the files in it.' },
  SupportedShareUrlTypes: { kind: 'texts', says: 'The kinds of link that GetShareUrl makes of the container.' },
  UserCanCreateChildContainer: { kind: 'bool', says: 'The user may make a container in it.' },
  UserCanCreateChildFile: { kind: 'bool', says: 'The user may make a file in it.' },
  UserCanDelete: { kind: 'bool', says: 'The user may delete it.' },
  UserCanRename: { kind: 'bool', says: 'The user may rename it.' },
} as const satisfies Record<string, PlainPropertyRow>

/** The answer of CheckContainerInfo. */
export type CheckContainerInfo = PlainProperties<typeof containerProperties>
