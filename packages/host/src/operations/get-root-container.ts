import type { Implementation } from '../implementation.ts'
import { containerInfo } from './check-container-info.ts'

export const getRootContainer: Implementation<'getRootContainer'> = (ports) => {
  const { containers } = ports
  return (
    containers &&
    (async (_, call) => {
      const root = await containers.root()
      const Url = await call.links.withToken({ on: 'container', id: root.id }, call.grant)
      return {
        container: { ContainerPointer: { Name: root.name, Url }, ContainerInfo: containerInfo(ports, root, call) },
      }
    })
  )
}
