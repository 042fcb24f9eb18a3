import type { Package } from '../../../../src/documents/package/package.ts'

/** Pictures of a document, for the page to show. */
export interface Media {
  /** Where the browser finds the picture in a part. `undefined`: it is not there, or browsers do not show such pictures. */
  address(part: string): string | undefined
  /** Gives up all of them. */
  release(): void
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  webp: 'image/webp',
  // As an image it runs no script and loads nothing.
  svg: 'image/svg+xml',
}

/** The pictures that lie in a package. */
export function mediaOf(pkg: Package): Media {
  const made = new Map<string, string | undefined>()
  const make = (part: string): string | undefined => {
    const type = types[part.split('.').at(-1)?.toLowerCase() ?? '']
    if (!type || !pkg.has(part)) return undefined
    return URL.createObjectURL(new Blob([new Uint8Array(pkg.read(part))], { type }))
  }
  return {
    address(part) {
      if (!made.has(part)) made.set(part, make(part))
      return made.get(part)
    },
    release() {
      for (const address of made.values()) if (address !== undefined) URL.revokeObjectURL(address)
      made.clear()
    },
  }
}
