import { buildPackage } from '../../src/documents/package/build-package.ts'
import { picture } from '../word/documents.ts'

const oasis = 'urn:oasis:names:tc:opendocument:xmlns'
const namespaces = [
  ['office', `${oasis}:office:1.0`],
  ['text', `${oasis}:text:1.0`],
  ['table', `${oasis}:table:1.0`],
  ['style', `${oasis}:style:1.0`],
  ['draw', `${oasis}:drawing:1.0`],
  ['fo', `${oasis}:xsl-fo-compatible:1.0`],
  ['svg', `${oasis}:svg-compatible:1.0`],
  ['xlink', 'http://www.w3.org/1999/xlink'],
]
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ')

/** An OpenDocument text with this in its body, these styles of its own, and these parts besides. */
export const textDocument = (body: string, styles = '', parts: Readonly<Record<string, string>> = {}): Uint8Array =>
  buildPackage({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content ${namespaces}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    'Pictures/p.png': new Uint8Array(picture),
    ...parts,
  })
