import type { Circumstances, Implementation } from '../implementation.ts'

/** The address of the ecosystem, for whoever asks for it by a file or a container. */
export const ecosystemOf = async ({ links, grant }: Circumstances) => ({
  ecosystem: { Url: await links.withToken({ on: 'ecosystem', id: '' }, grant) },
})

export const getEcosystem: Implementation<'getEcosystem'> = ({ containers }) =>
  containers && (async (_, call) => ecosystemOf(call))
