import { pictureType } from './picture-type.ts'
import type { Pictures } from './pictures-in.ts'

/** Pictures of a document, for the page to show. */
export interface Media {
  /** Takes in pictures that the document shows. */
  add(pictures: Pictures): void
  /** Where the browser finds the picture in a part. `undefined`: it is not there, or browsers do not show such pictures. */
  address(part: string): string | undefined
  /** Gives up all of them. */
  release(): void
}

/** Pictures that the browser finds by addresses of this page. */
export function pageMedia(): Media {
  const made = new Map<string, string>()
  return {
    add(pictures) {
      for (const [part, bytes] of pictures) {
        const type = pictureType(part)
        if (type === undefined || made.has(part)) continue
        made.set(part, URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type })))
      }
    },
    address: (part) => made.get(part),
    release() {
      for (const address of made.values()) URL.revokeObjectURL(address)
      made.clear()
    },
  }
}
