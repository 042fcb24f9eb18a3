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

/** The media type of the picture in a part, by its name. `undefined`: browsers do not show such pictures. */
export const pictureType = (part: string): string | undefined => types[part.split('.').at(-1)?.toLowerCase() ?? '']
