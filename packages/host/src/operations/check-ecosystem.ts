import type { Implementation } from '../implementation.ts'

export const checkEcosystem: Implementation<'checkEcosystem'> = ({ containers }) =>
  containers && (async () => ({ info: { SupportsContainers: true } }))
