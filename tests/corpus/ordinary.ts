import { partsOf, textOfPart } from './compare/parts.ts'

/**
 * Why a document is not an ordinary one. `undefined`: it is. An ordinary Word document or workbook is one that Word or
 * Excel opens and lets anybody change: it is in the usual form of the format, holds no macros, and whoever wrote it has
 * neither locked, signed nor protected it. What it holds besides, and who has made it, says nothing.
 */
export function notOrdinary(extension: string, bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return 'locked with a password'
  if (/m$/.test(extension)) return 'with macros'
  const parts = partsOf(bytes)
  const has = (part: string, shape: RegExp) => shape.test(textOfPart(parts, part))
  if (
    has('_rels/.rels', /digital-signature\/origin/) ||
    [...parts.keys()].some((name) => name.startsWith('_xmlsignatures/'))
  )
    return 'signed'
  if (has('word/document.xml', /purl\.oclc\.org/) || has('xl/workbook.xml', /purl\.oclc\.org/))
    return 'in the strict form'
  if (has('word/settings.xml', /documentProtection[^>]*w:enforcement="(1|true|on)"/)) return 'protected by its author'
  return isProtected(parts) ? 'protected by its author' : undefined
}

/** Every sheet is protected, and no cell of the workbook is marked as open. */
function isProtected(parts: ReturnType<typeof partsOf>): boolean {
  const sheets = [...parts.keys()].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
  const isLocked = (name: string) => /<(\w+:)?sheetProtection\b[^>]*\bsheet="(1|true)"/.test(textOfPart(parts, name))
  return sheets.length > 0 && sheets.every(isLocked) && !/locked="(0|false)"/.test(textOfPart(parts, 'xl/styles.xml'))
}
