import type { Implementation } from '../implementation.ts'
import { ecosystemOf } from './get-ecosystem.ts'

export const getContainerEcosystem: Implementation<'getContainerEcosystem'> = ({ containers }) =>
  containers && (async (_, call) => ecosystemOf(call))
