import { DocumentError, damaged } from '../package/document-error.ts'
import type { Package } from '../package/package.ts'
import type { OutlineFormat } from './outline-document.ts'
import { textParagraphs } from './text-paragraphs.ts'

/** OpenDocument texts: one part holds all of it. */
export const textDocumentParts: OutlineFormat = {
  paragraphs: textParagraphs,
  parts(pkg) {
    if (!pkg.has('content.xml')) throw damaged('its content is missing')
    if (isEncrypted(pkg)) {
      throw new DocumentError('protected', 'This document is protected by a password, so it cannot be opened here.')
    }
    return [{ name: 'content.xml', number: 1 }]
  },
  obstacle(pkg) {
    if (pkg.has('META-INF/documentsignatures.xml'))
      return 'This document is digitally signed. A change would make the signature invalid.'
    const tracks = new TextDecoder().decode(pkg.read('content.xml')).includes('text:tracked-changes')
    return tracks ? 'This document has tracked changes, which are not kept up here.' : undefined
  },
}

const isEncrypted = (pkg: Package): boolean =>
  pkg.has('META-INF/manifest.xml') &&
  new TextDecoder().decode(pkg.read('META-INF/manifest.xml')).includes('encryption-data')
