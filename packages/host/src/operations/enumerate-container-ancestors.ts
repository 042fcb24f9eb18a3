import { ancestorsOf } from '../ancestors-of.ts'
import type { Implementation } from '../implementation.ts'

export const enumerateContainerAncestors: Implementation<'enumerateContainerAncestors'> = ({ containers }) =>
  containers && (async (_, call) => ancestorsOf(call, await containers.ancestors(call.container.id)))
