import { WopiError } from '@openwopi/protocol'
import { byteRange } from '../byte-range.ts'
import type { Implementation } from '../implementation.ts'

export const getFile: Implementation<'getFile'> =
  ({ storage }) =>
  async ({ maxExpectedSize = Number.POSITIVE_INFINITY, range }, { file: found }) => {
    let file = found
    // A save may land between looking the file up and opening it; the answer must be of one version throughout.
    for (let attempt = 0; attempt < 5; attempt++) {
      if (file.size > maxExpectedSize) throw new WopiError('TooLargeToSend', {})
      const part = byteRange(range, file.size)
      const content = await storage.read(file, part)
      if (content) return { version: file.version, content, ...lengths(part, file.size) }
      const now = await storage.find(file.id)
      if (!now) throw new WopiError('NotFound', {})
      file = now
    }
    throw new WopiError('ServerBusy', { retryAfter: '1' })
  }

const lengths = (part: { start: number; end: number } | undefined, size: number) =>
  part ? { size: part.end - part.start, contentRange: `bytes ${part.start}-${part.end - 1}/${size}` } : { size }
