import type { DocumentApp } from '../apps.ts'

/** What a browser is told an image is. It must not guess: an SVG taken for a page could run script. */
export const imageTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
}

export const imageApp: DocumentApp = {
  name: 'Image',
  kind: 'image',
  icon: 'image',
  canEdit: false,
  extensions: Object.keys(imageTypes),
}
