import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'

export const deleteContainer: Implementation<'deleteContainer'> = ({ containers }) =>
  containers &&
  (async (_, { container, note }) => {
    if (container.parentId === undefined) throw new WopiError('NotImplemented', {})
    if (!(await containers.remove(container))) throw new WopiError('NotEmpty', {})
    note({ container })
    return {}
  })
