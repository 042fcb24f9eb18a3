import { DocumentError, damaged } from '../../package/document-error.ts'
import type { Package } from '../../package/package.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a part. A byte order mark stays, so that it is there when the part is written again. */
export function readXml(document: Package, part: string): string {
  const bytes = document.read(part)
  if (bytes[0] === 0xff || bytes[0] === 0xfe) throw wrongEncoding(part)
  try {
    return decoder.decode(bytes)
  } catch {
    throw damaged(`“${part}” is no UTF-8`)
  }
}

const wrongEncoding = (part: string) =>
  new DocumentError('unsupported', `This document spells “${part}” in UTF-16, which is not read here.`)
