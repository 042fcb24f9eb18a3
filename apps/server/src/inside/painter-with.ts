import type { Storage } from '@openwopi/host'
import type { Converter } from '@openwopi/office/converter'
import type { Painter } from './thumbnails.ts'

/** Draws documents with a converter. */
export const painterWith = (converter: Converter, storage: Storage): Painter => ({
  canDraw: (extension) => converter.offers(extension, 'png'),
  draw(file, extension) {
    const read = async () => {
      const content = await storage.read(file)
      if (!content) throw Object.assign(new Error('the file has just been changed'), { isPassing: true })
      return content
    }
    return converter.convert({ read, from: extension, to: 'png' })
  },
})
