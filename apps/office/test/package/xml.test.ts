import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { contentTypes, withContentType } from '../../src/documents/package/content-types.ts'
import { DocumentError } from '../../src/documents/package/document-error.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { mainPart, relationshipsOf, withRelationship } from '../../src/documents/package/relationships.ts'
import { escapeAttribute, escapeText } from '../../src/documents/package/xml/escape-xml.ts'
import { splice } from '../../src/documents/package/xml/splice.ts'
import { xmlDifference } from '../../src/documents/package/xml/xml-difference.ts'
import { decodeXml, encodeXml } from '../../src/documents/package/xml/xml-text.ts'
import { allElements, elementsOf, parseXml, textOf, type XmlElement } from '../../src/documents/package/xml/xml-tree.ts'

const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((raw) => raw.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '✂'))
const gap = fc.constantFrom(
  '',
  ' ',
  '\r\n  ',
  '<!-- a < b > -->',
  '<?pi x?>',
  '<![CDATA[<raw> & ]]>',
  '𝄞 &amp; &#x1F600;',
)

/** XML as writers may have it: line ends of all kinds, comments, CDATA, characters beyond the first plane. */
const { xml } = fc.letrec<{ xml: string; inside: string }>((tie) => ({
  inside: fc.array(fc.oneof(gap, text.map(escapeText), tie('xml')), { maxLength: 4 }).map((all) => all.join('')),
  xml: fc
    .tuple(fc.constantFrom('w:p', 'w:r', 'x'), text, gap, tie('inside'))
    .map(([name, value, , inside]) =>
      inside === ''
        ? `<${name}\r\n a="${escapeAttribute(value)}" />`
        : `<${name} a='${escapeAttribute(value).replaceAll("'", '&apos;')}' >${inside}</${name}>`,
    ),
}))
const document = xml.map(
  (inside) => `<?xml version="1.0"?>\r\n<!-- é -->\n<w:root xmlns:w="urn:w">${inside}</w:root>\n`,
)

test('Every element and every run of text knows where it stands in the source.', () => {
  fc.assert(
    fc.property(document, (source) => {
      for (const element of allElements(parseXml(source))) {
        const raw = source.slice(element.start, element.end)
        expect(raw.startsWith(`<${element.name}`)).toBe(true)
        expect(raw.endsWith('/>') || raw.endsWith(`</${element.name}>`)).toBe(true)
        const wrapped = parseXml(`<w:root xmlns:w="urn:w">${raw}</w:root>`)
        const [again] = elementsOf(wrapped)
        expect(again && xmlDifference(element, again, { keepsSpace: true })).toBeUndefined()
        for (const child of element.children) {
          if (child.is !== 'text') continue
          const around = parseXml(`<t>${source.slice(child.start, child.end)}</t>`)
          expect(textOf(around)).toBe(child.text)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('Text and attributes come back as they were written.', () => {
  fc.assert(
    fc.property(text, (value) => {
      const root = parseXml(`<a b="${escapeAttribute(value)}">${escapeText(value)}</a>`)
      expect(root.attributes['b']?.value).toBe(value)
      expect(textOf(root)).toBe(value)
    }),
  )
})

test('What XML cannot hold is left out, not written.', () => {
  expect(escapeText('a\0b\ud800c\u{1F600}\uffff')).toBe('abc\u{1F600}')
})

const fault = (source: string): string => {
  try {
    parseXml(source)
    return 'none'
  } catch (cause) {
    return cause instanceof DocumentError ? cause.fault : String(cause)
  }
}

test('Bombs and broken XML end in a sentence.', () => {
  expect(fault('<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>')).toBe('unsupported')
  expect(fault('<a>&c;</a>')).toBe('damaged')
  expect(fault('<a><b></a>')).toBe('damaged')
  expect(fault('<w:a/>')).toBe('damaged')
  expect(fault('')).toBe('damaged')
  expect(fault(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`)).toBe('too-large')
})

test('Bytes of a part are the same after reading and writing its text, in every encoding a part may have.', () => {
  fc.assert(
    fc.property(
      document,
      fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const),
      fc.boolean(),
      (source, encoding, mark) => {
        const bytes = encodeXml(source, { encoding, hasMark: mark || encoding !== 'utf-8' })
        const read = decodeXml(bytes)
        expect(read.text).toBe(source)
        expect(Buffer.compare(encodeXml(read.text, read), bytes)).toBe(0)
      },
    ),
  )
})

test('Splices change their stretches and nothing else.', () => {
  expect(
    splice('abcdef', [
      { start: 4, end: 5, text: 'E' },
      { start: 0, end: 0, text: '>' },
      { start: 1, end: 3, text: '' },
    ]),
  ).toBe('>adEf')
  expect(() =>
    splice('abc', [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ]),
  ).toThrow(RangeError)
})

const difference = (one: string, other: string) => xmlDifference(parseXml(one), parseXml(other))

test('Two trees are compared by what they say, and the first difference is named by its place.', () => {
  expect(
    difference('<a:x xmlns:a="u" b="1" c="2"> <a:y/></a:x>', '<x xmlns="u" c="2" b="1"><y></y></x>'),
  ).toBeUndefined()
  expect(difference('<x><y/><y>one</y></x>', '<x><y/><y>two</y></x>')).toBe('x/y[2]/text()[1]')
  expect(difference('<x><y a="1"/></x>', '<x><y a="2"/></x>')).toBe('x/y[1]/@a')
  expect(difference('<x><y/></x>', '<x><y/><z/></x>')).toBe('x/z[2]')
  expect(difference('<x><y/></x>', '<x/>')).toBe('x/y[1]')
})

const rels = (inside: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`

test('Relationships name parts from where they stand, and addresses outside stay outside.', () => {
  const pkg = openPackage(
    buildPackage({
      '_rels/.rels': rels('<Relationship Id="r1" Type="http://x/officeDocument" Target="/word/document.xml"/>'),
      'word/document.xml': '<d/>',
      'word/_rels/document.xml.rels': rels(
        '<Relationship Id="a" Type="t" Target="../media/a%20b.png"/><Relationship Id="b" Type="t" Target="https://example.org/" TargetMode="External"/>',
      ),
    }),
  )
  expect(mainPart(pkg)).toBe('word/document.xml')
  expect(relationshipsOf(pkg, 'word/document.xml')).toEqual([
    { id: 'a', type: 't', target: '../media/a%20b.png', part: 'media/a b.png' },
    { id: 'b', type: 't', target: 'https://example.org/' },
  ])
  expect(relationshipsOf(pkg, 'word/other.xml')).toEqual([])
})

test('A relationship and a content type are added without touching the others.', () => {
  const first = withRelationship(undefined, { id: 'r1', type: 't', target: 'a.png' })
  const second = withRelationship(first, { id: 'r2', type: 't', target: 'https://x/?a&b', isOutside: true })
  expect(elementsOf(parseXml(second)).map((one: XmlElement) => one.attributes['Target']?.value)).toEqual([
    'a.png',
    'https://x/?a&b',
  ])
  const before =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
  const types = contentTypes(
    openPackage(buildPackage({ '[Content_Types].xml': withContentType(before, 'word/a.xml', 'x/y') })),
  )
  expect([types('word/a.xml'), types('word/b.XML'), types('c.png')]).toEqual(['x/y', 'application/xml', undefined])
})
