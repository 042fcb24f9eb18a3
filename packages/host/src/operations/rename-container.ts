import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { isValidName } from '../names.ts'

export const renameContainer: Implementation<'renameContainer'> = ({ containers }) =>
  containers &&
  (async ({ requestedName }, { container, note }) => {
    if (container.parentId === undefined) throw new WopiError('NotFound', {})
    if (!isValidName(requestedName)) {
      throw new WopiError('InvalidContainerName', { reason: 'the name cannot be used' })
    }
    const renamed = await containers.rename(container, requestedName)
    if (!renamed) throw new WopiError('NameTaken', {})
    note({ container: renamed })
    return { container: { Name: renamed.name } }
  })
