import { type CorpusDocument, extensionOf } from '../corpus-document.ts'

/** A document that is made for this corpus. */
export const madeDocument = (name: string, make: () => Uint8Array | Promise<Uint8Array>): CorpusDocument => ({
  name: `made/${name}`,
  extension: extensionOf(name),
  origin: 'made by this repository',
  licence: 'Apache-2.0',
  bytes: async () => make(),
})
