import { buildPackage } from '../../src/documents/package/build-package.ts'

const namespaces = ['office', 'table', 'text', 'style', 'draw', 'svg']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')
const fo = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'

/** An OpenDocument spreadsheet of one table, which is called Data. `rows`: what stands in it. */
export const smallOds = ({ rows, styles = '' }: { readonly rows: string; readonly styles?: string }): Uint8Array =>
  buildPackage({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${namespaces} ${fo}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Data">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
    'META-INF/manifest.xml': '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
  })
