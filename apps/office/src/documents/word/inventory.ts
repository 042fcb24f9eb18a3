import { damaged } from '../package/document-error.ts'
import type { Package } from '../package/package.ts'
import { mainPart, relationshipsOf } from '../package/relationships.ts'
import { readXml } from '../package/xml/read-xml.ts'
import { decodeXml } from '../package/xml/xml-text.ts'

const transitional = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

/** What stands in the way of editing a Word document, as a sentence that says where. `undefined`: nothing does. */
export function cannotKeep(pkg: Package): string | undefined {
  const why = whyFixed(decodeXml(pkg.read(mainPart(pkg))).text)
  if (relationshipsOf(pkg, '').some(({ type }) => type.endsWith('/digital-signature/origin'))) {
    return 'This document is signed. Any change would break its signature, so it is only shown.'
  }
  return why ?? protection(pkg)
}

/** What the main part says of itself. */
function whyFixed(source: string): string | undefined {
  let why: string | undefined
  let chunks = 0
  let isFirst = true
  readXml(source, {
    opened({ name, local, uri }) {
      if (isFirst && local !== 'document') throw damaged('it is no Word document, whatever its name says')
      if (isFirst && (uri !== transitional || name !== 'w:document')) {
        why = 'This document is written in a form of the format (“Strict”) that is shown here, but not changed.'
      }
      isFirst = false
      if (local === 'altChunk') chunks++
    },
  })
  if (chunks > 0)
    why ??=
      'This document takes in another document as a whole (“altChunk”), which is not shown here, so it is not changed.'
  return why
}

/** Whoever wrote the document may have forbidden changes. */
function protection(pkg: Package): string | undefined {
  const settings = relationshipsOf(pkg, mainPart(pkg)).find(({ type }) => type.endsWith('/settings'))?.part
  if (settings === undefined || !pkg.has(settings)) return undefined
  let why: string | undefined
  readXml(decodeXml(pkg.read(settings)).text, {
    opened({ local, attributes }) {
      const of = (name: string) => Object.values(attributes).find((one) => one.local === name)?.value
      const isOn = !['0', 'false', 'off'].includes(of('enforcement') ?? '0') && of('edit') !== 'none'
      if (local === 'documentProtection' && isOn) why = 'Whoever wrote this document has protected it from changes.'
    },
  })
  return why
}
