import { ancestorsOf } from '../ancestors-of.ts'
import type { Implementation } from '../implementation.ts'

export const enumerateAncestors: Implementation<'enumerateAncestors'> = ({ containers }) =>
  containers &&
  (async (_, call) => {
    const { parentId } = call.file
    const parent = await containers.find(parentId)
    return ancestorsOf(call, [...(await containers.ancestors(parentId)), ...(parent ? [parent] : [])])
  })
