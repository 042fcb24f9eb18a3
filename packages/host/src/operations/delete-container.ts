import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'

export const deleteContainer: Implementation<'deleteContainer'> = ({ containers }) =>
  containers &&
  (async (_, { container }) => {
    if (container.parentId === undefined) throw new WopiError('NotImplemented', {})
    if (!(await containers.remove(container))) throw new WopiError('NotEmpty', {})
    return {}
  })
