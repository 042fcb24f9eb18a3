import type { Implementation } from '../implementation.ts'
import { containerInfo } from './check-container-info.ts'

export const getRootContainer: Implementation<'getRootContainer'> = (ports) => {
  const { containers } = ports
  return (
    containers &&
    (async (_, { grant, links }) => {
      const root = await containers.root()
      const Url = await links.withToken({ on: 'container', id: root.id }, grant)
      return {
        container: { ContainerPointer: { Name: root.name, Url }, ContainerInfo: containerInfo(ports, root, grant) },
      }
    })
  )
}
