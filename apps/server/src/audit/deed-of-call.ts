import type { HostEvent } from '@openwopi/host'
import type { Deed, DeedKind } from './audit.ts'

const deeds: Partial<Record<NonNullable<HostEvent['operation']>, DeedKind>> = {
  putFile: 'saved',
  putChunkedFile: 'saved',
  putRelativeFile: 'created',
  createChildFile: 'created',
  createChildContainer: 'created',
  renameFile: 'renamed',
  renameContainer: 'renamed',
  deleteFile: 'deleted',
  deleteContainer: 'deleted',
  getShareUrl: 'shared',
  getContainerShareUrl: 'shared',
  getRestrictedLink: 'shared',
  revokeRestrictedLink: 'stopped sharing',
}

/** What a WOPI call did that is to be written down. `undefined`: nothing. */
export function deedOfCall({
  operation,
  status,
  user,
  client,
  resource,
  made,
  container,
}: HostEvent): Deed | undefined {
  const what = operation && deeds[operation]
  if (!what || status !== 200 || !user) return undefined
  const to = made ?? container ?? resource
  return {
    by: user,
    what,
    ...(to && { to: { id: to.id, ...('name' in to && { name: to.name }) } }),
    ...(client !== undefined && { details: `with ${client}` }),
  }
}
