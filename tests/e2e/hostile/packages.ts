import { deflateRawSync } from 'node:zlib'
import { buildPackage } from '../../../apps/office/src/documents/package/build-package.ts'

const schemas = 'http://schemas.openxmlformats.org'
const relations = `${schemas}/officeDocument/2006/relationships`
const formats = 'application/vnd.openxmlformats-officedocument'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** Kinds of documents that are packages of XML parts. */
export const packed = ['docx', 'xlsx', 'pptx', 'odt'] as const
export type Packed = (typeof packed)[number]

/** A document of one of these kinds whose body is `body`, with `prolog` before the root of the part that holds it. */
export function documentOf(kind: Packed, body: string, prolog = ''): Uint8Array {
  if (kind === 'docx') return wordOf(body, prolog)
  if (kind === 'xlsx') return workbookOf(body, prolog)
  return kind === 'pptx' ? presentationOf(body, prolog) : textOf(body, prolog)
}

/** What each kind has in its body, as the smallest piece that can be repeated. */
export const smallest: Readonly<Record<Packed, string>> = {
  docx: '<w:p/>',
  xlsx: '<row/>',
  pptx: '<a:p/>',
  odt: '<text:p/>',
}

const types = (overrides: Readonly<Record<string, string>>): string => {
  const listed = Object.entries(overrides).map(
    ([name, type]) => `<Override PartName="/${name}" ContentType="${formats}.${type}+xml"/>`,
  )
  return `${declaration}<Types xmlns="${schemas}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${listed.join('')}</Types>`
}

/** A part that lists where others are: the ends of their types, and their targets. Those with a colon lie elsewhere. */
export const links = (...targets: readonly (readonly [type: string, target: string])[]): string => {
  const listed = targets.map(([type, target], index) => {
    const mode = target.includes(':') ? ' TargetMode="External"' : ''
    return `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"${mode}/>`
  })
  return `${declaration}<Relationships xmlns="${schemas}/package/2006/relationships">${listed.join('')}</Relationships>`
}

export const namespaces = {
  docx: `xmlns:w="${schemas}/wordprocessingml/2006/main" xmlns:r="${relations}"`,
  xlsx: `xmlns="${schemas}/spreadsheetml/2006/main" xmlns:r="${relations}"`,
  pptx: `xmlns:p="${schemas}/presentationml/2006/main" xmlns:a="${schemas}/drawingml/2006/main" xmlns:r="${relations}"`,
  odt: 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"',
}

type Parts = Readonly<Record<string, string>>

const wordOf = (body: string, prolog: string, more: Parts = {}) =>
  buildPackage({
    '[Content_Types].xml': types({ 'word/document.xml': 'wordprocessingml.document.main' }),
    '_rels/.rels': links(['officeDocument', 'word/document.xml']),
    'word/document.xml': `${declaration}${prolog}<w:document ${namespaces.docx}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    ...more,
  })

const workbookOf = (rows: string, prolog: string, more: Parts = {}) =>
  buildPackage({
    '[Content_Types].xml': types({
      'xl/workbook.xml': 'spreadsheetml.sheet.main',
      'xl/worksheets/sheet1.xml': 'spreadsheetml.worksheet',
    }),
    '_rels/.rels': links(['officeDocument', 'xl/workbook.xml']),
    'xl/_rels/workbook.xml.rels': links(['worksheet', 'worksheets/sheet1.xml']),
    'xl/workbook.xml': `${declaration}<workbook ${namespaces.xlsx}><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/worksheets/sheet1.xml': `${declaration}${prolog}<worksheet ${namespaces.xlsx}><sheetData>${rows}</sheetData></worksheet>`,
    ...more,
  })

const presentationOf = (paragraphs: string, prolog: string, more: Parts = {}) =>
  buildPackage({
    '[Content_Types].xml': types({
      'ppt/presentation.xml': 'presentationml.presentation.main',
      'ppt/slides/slide1.xml': 'presentationml.slide',
    }),
    '_rels/.rels': links(['officeDocument', 'ppt/presentation.xml']),
    'ppt/_rels/presentation.xml.rels': links(['slide', 'slides/slide1.xml']),
    'ppt/presentation.xml': `${declaration}<p:presentation ${namespaces.pptx}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
    'ppt/slides/slide1.xml': `${declaration}${prolog}<p:sld ${namespaces.pptx}><p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/><p:sp><p:nvSpPr/><p:spPr/><p:txBody>${paragraphs}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`,
    ...more,
  })

const textOf = (body: string, prolog: string, more: Parts = {}) =>
  buildPackage({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'META-INF/manifest.xml':
      '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>',
    'content.xml': `${declaration}${prolog}<office:document-content ${namespaces.odt}><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ...more,
  })

/** Makers of each kind, with parts of one's own. */
export const makers = { docx: wordOf, xlsx: workbookOf, pptx: presentationOf, odt: textOf }

/**
 * The same package with this many bytes of `filler` in each part of XML that is no list of others: a bomb whose table of
 * contents says so, or that says there that it is small.
 */
export function bomb(kind: Packed, { size, isLying }: { size: number; isLying: boolean }): Uint8Array {
  const good = Buffer.from(documentOf(kind, ''))
  const name = mainParts[kind]
  const content = deflateRawSync(Buffer.alloc(size, smallest[kind]))
  return replaceEntry(good, name, { content, size: isLying ? 1000 : size })
}

const mainParts: Readonly<Record<Packed, string>> = {
  docx: 'word/document.xml',
  xlsx: 'xl/worksheets/sheet1.xml',
  pptx: 'ppt/slides/slide1.xml',
  odt: 'content.xml',
}

/** Puts other packed bytes in the place of an entry, and says of it what it is told. */
function replaceEntry(archive: Buffer, name: string, { content, size }: { content: Buffer; size: number }): Buffer {
  const end = archive.length - 22
  const directory = archive.readUInt32LE(end + 16)
  const record = archive.indexOf(name, directory) - 46
  const local = archive.readUInt32LE(record + 42)
  const data = local + 30 + name.length
  const grown = content.length - archive.readUInt32LE(record + 20)
  const after = Buffer.from(archive)
  for (const [start, at] of [
    [local, 18],
    [record, 20],
  ] as const) {
    after.writeUInt32LE(content.length, start + at)
    after.writeUInt32LE(size, start + at + 4)
  }
  for (let at = directory; at < end; at += 46 + after.readUInt16LE(at + 28)) {
    const start = after.readUInt32LE(at + 42)
    if (start > local) after.writeUInt32LE(start + grown, at + 42)
  }
  after.writeUInt32LE(directory + grown, end + 16)
  return Buffer.concat([after.subarray(0, data), content, after.subarray(data + content.length - grown)])
}

/** A package whose table of contents names another place for its last part. */
export function misplaced(good: Uint8Array): Buffer {
  const forged = Buffer.from(good)
  const directory = forged.readUInt32LE(forged.length - 22 + 16)
  forged.writeUInt32LE(forged.readUInt32LE(directory + 42) + 7, directory + 42)
  return forged
}
