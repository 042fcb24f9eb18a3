import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { checkTargets } from '../make-file.ts'
import { isValidName, nextFreeNames, repairName } from '../names.ts'
import type { Container, Containers } from '../ports.ts'
import { containerInfo } from './check-container-info.ts'

export const createChildContainer: Implementation<'createChildContainer'> = (ports) => {
  const { containers } = ports
  return (
    containers &&
    (async ({ suggestedTarget, relativeTarget }, call) => {
      const { container: parent, grant, links, note } = call
      checkTargets(suggestedTarget, relativeTarget)
      const made =
        suggestedTarget === undefined
          ? await named(containers, parent, relativeTarget ?? '')
          : await suggested(containers, parent, suggestedTarget)
      note({ container: made })
      const Url = await links.withToken({ on: 'container', id: made.id }, grant)
      return {
        container: { ContainerPointer: { Name: made.name, Url }, ContainerInfo: containerInfo(ports, made, call) },
      }
    })
  )
}

async function suggested(containers: Containers, { id }: Container, wanted: string): Promise<Container> {
  for (const name of nextFreeNames(repairName(wanted))) {
    const made = await containers.create(id, name)
    if (made) return made
  }
  throw new WopiError('ServerError', { reason: 'no free name could be found' })
}

async function named(containers: Containers, { id }: Container, name: string): Promise<Container> {
  if (!isValidName(name)) throw new WopiError('InvalidContainerName', { reason: 'the name cannot be used' })
  const made = await containers.create(id, name)
  if (!made) throw new WopiError('NameTaken', {})
  return made
}
