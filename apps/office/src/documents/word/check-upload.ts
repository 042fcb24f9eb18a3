import { comparePackages } from '../package/compare-packages.ts'
import { DocumentError } from '../package/document-error.ts'
import { openPackage } from '../package/package.ts'
import { mainPart } from '../package/relationships.ts'
import { readXml } from '../package/xml/read-xml.ts'
import { decodeXml } from '../package/xml/xml-text.ts'

const isXml = /\.(xml|rels)$/i

/**
 * Looks at a changed document before it is stored: it must be sound, and have every part that the one before has.
 * Throws `DocumentError`.
 */
export function checkUpload(file: Uint8Array, changed: Uint8Array): void {
  const [before, after] = [openPackage(file), openPackage(changed)]
  if (mainPart(after) !== mainPart(before)) throw lost('its main part')
  for (const { name, is } of comparePackages(before, after)) {
    if (is === 'removed') throw lost(`“${name}”`)
    if (isXml.test(name)) readXml(decodeXml(after.read(name)).text, {})
  }
}

const lost = (what: string): DocumentError =>
  new DocumentError('would-lose', `This cannot be saved: the document would lose ${what}.`)
