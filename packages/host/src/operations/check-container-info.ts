import type { CheckContainerInfo } from '@openwopi/protocol'
import type { Implementation, Ports } from '../implementation.ts'
import type { Container, Grant } from '../ports.ts'

/** What a client is told of a container, wherever it is told. */
export function containerInfo({ describeContainer }: Ports, container: Container, grant: Grant): CheckContainerInfo {
  const { user, can } = grant
  return {
    Name: container.name,
    ...(user.isAnonymous && { IsAnonymousUser: true }),
    UserCanCreateChildContainer: can.has('create'),
    UserCanCreateChildFile: can.has('create'),
    UserCanDelete: can.has('delete') && container.parentId !== undefined,
    UserCanRename: can.has('rename') && container.parentId !== undefined,
    ...describeContainer(container, grant),
  }
}

export const checkContainerInfo: Implementation<'checkContainerInfo'> = (ports) =>
  ports.containers && (async (_, { container, grant }) => ({ info: containerInfo(ports, container, grant) }))
