import type { FileClient } from '@openwopi/client'
import { webAddress } from '../describe-opening.ts'
import type { Converter } from './converter.ts'
import type { Modern } from './modern.ts'

/** The most bytes of a document that is turned into another. */
const longest = 256 * 1024 * 1024

interface Wanted {
  readonly from: string
  readonly to: Modern
  readonly signal: AbortSignal
  readonly onPlace: (before: number) => void
}

/** Puts a document in a format of today beside the file, under the file's own name (PutRelativeFile for a conversion). */
export async function storeConverted(
  file: FileClient,
  converter: Converter,
  { from, to, ...watched }: Wanted,
): Promise<{ readonly name: string; readonly url?: string }> {
  const read = async () => (await file.getFile({ maxExpectedSize: longest })).content
  const content = await converter.convert({ read, from, to, ...watched })
  const made = await file.putRelativeFile({
    suggestedTarget: `.${to}`,
    isConversion: true,
    size: content.byteLength,
    content,
  })
  const url = webAddress(made.file.HostEditUrl)
  return { name: made.file.Name, ...(url && { url }) }
}
