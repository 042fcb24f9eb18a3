import type { FileClient } from '@openwopi/client'
import type { Converter } from './converter.ts'

/** The most bytes of a document that pages are made of. */
const longest = 256 * 1024 * 1024

/** The pages of a file as its host has it. Throws `ConversionError`. */
export async function makePdf(
  file: FileClient,
  converter: Converter,
  {
    from,
    ...watched
  }: { readonly from: string; readonly signal: AbortSignal; readonly onPlace: (before: number) => void },
): Promise<Uint8Array> {
  const read = async () => (await file.getFile({ maxExpectedSize: longest })).content
  return converter.convert({ read, from, to: 'pdf', ...watched })
}
