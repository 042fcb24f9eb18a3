import type { CheckContainerInfo } from '@openwopi/protocol'
import type { Circumstances, Implementation, Ports } from '../implementation.ts'
import type { Container } from '../ports.ts'
import { shareTypes } from '../share-url.ts'

/** What a client is told of a container, wherever it is told. */
export function containerInfo(
  { describeContainer, shares }: Ports,
  container: Container,
  { grant, offers }: Circumstances,
): CheckContainerInfo {
  const { user, can } = grant
  return {
    Name: container.name,
    ...(user.isAnonymous && { IsAnonymousUser: true }),
    UserCanCreateChildContainer: can.has('create'),
    UserCanCreateChildFile: can.has('create'),
    UserCanDelete: can.has('delete') && container.parentId !== undefined,
    UserCanRename: can.has('rename') && container.parentId !== undefined,
    ...(shares && offers('getContainerShareUrl') && { SupportedShareUrlTypes: shareTypes(shares, grant, {}) }),
    ...describeContainer(container, grant),
  }
}

export const checkContainerInfo: Implementation<'checkContainerInfo'> = (ports) =>
  ports.containers && (async (_, call) => ({ info: containerInfo(ports, call.container, call) }))
