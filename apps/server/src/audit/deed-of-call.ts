import type { HostEvent } from '@openwopi/host'
import { doneInCells, isInCells } from '../cells/done-in-cells.ts'
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

function deedInCells(call: HostEvent): DeedKind | undefined {
  const done = doneInCells(call)
  if (done === 'changed') return 'saved'
  return done === 'created' || done === 'renamed' ? done : undefined
}

/** What a WOPI call did that is to be written down. `undefined`: nothing. */
export function deedOfCall(call: HostEvent): Deed | undefined {
  const { operation, status, user, client, resource, made, container } = call
  const what = isInCells(call) ? deedInCells(call) : operation && deeds[operation]
  if (!what || status !== 200 || !user) return undefined
  const to = made ?? container ?? resource
  return {
    by: user,
    what,
    ...(to && { to: { id: to.id, ...('name' in to && { name: to.name }) } }),
    ...(client !== undefined && { details: `with ${client}` }),
  }
}
