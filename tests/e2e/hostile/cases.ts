import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { bomb, documentOf, links, makers, misplaced, namespaces, type Packed, packed } from './packages.ts'

/** A document that means harm, or was harmed. */
export interface Hostile {
  /** The name of its file. */
  readonly name: string
  readonly make: () => Uint8Array | string
  /** The sentence that its page ends in. */
  readonly says: RegExp
}

const mebibyte = 1024 * 1024
const isBroken = /damaged|cannot be shown/

const samples: Readonly<Record<Packed, string>> = {
  docx: 'Welcome letter.docx',
  xlsx: 'Household budget.xlsx',
  pptx: 'Introduction.pptx',
  odt: 'Garden club minutes.odt',
}
const sample = (name: string): Buffer => readFileSync(new URL(`../../../samples/${name}`, import.meta.url))

/** Ten entities that each are ten of the one before. */
const laughs = (root: string): string => {
  const entities = Array.from({ length: 9 }, (_, index) => {
    const before = index === 0 ? 'ha' : `&l${index - 1};`
    return `<!ENTITY l${index} "${before.repeat(10)}">`
  })
  return `<!DOCTYPE ${root} [${entities.join('')}]>`
}

const ofPackages = packed.flatMap((kind): readonly Hostile[] => [
  { name: `bomb.${kind}`, make: () => bomb(kind, { size: 64 * mebibyte, isLying: false }), says: /too large/ },
  {
    name: `lying bomb.${kind}`,
    make: () => bomb(kind, { size: 64 * mebibyte, isLying: true }),
    says: /larger than it says/,
  },
  { name: `laughs.${kind}`, make: () => documentOf(kind, '&l8;', laughs('x')), says: /document type|XML entities/ },
  {
    name: `entity from elsewhere.${kind}`,
    make: () => documentOf(kind, '&far;', '<!DOCTYPE x [<!ENTITY far SYSTEM "file:///etc/passwd">]>'),
    says: /document type|XML entities/,
  },
  { name: `truncated.${kind}`, make: () => sample(samples[kind]).subarray(0, 1500), says: /damaged/ },
  { name: `misplaced.${kind}`, make: () => misplaced(sample(samples[kind])), says: /damaged/ },
  { name: `paper.${kind}`, make: () => sample('Questions.pdf'), says: /damaged/ },
  { name: `another.${kind}`, make: () => sample(kind === 'docx' ? samples.xlsx : samples.docx), says: isBroken },
])

const row = (index: number): string =>
  `<row r="${index + 1}"><c r="A${index + 1}"><v>${index}</v></c><c r="B${index + 1}"><f>A${index + 1}*2</f><v>${index * 2}</v></c></row>`

/** Ten thousand pages, with a few paragraphs on each. */
const manyPages = (): Uint8Array => {
  const page = (index: number) =>
    `<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>Page ${index}</w:t></w:r></w:p>${'<w:p><w:r><w:t>There is no end to what can be written about so little.</w:t></w:r></w:p>'.repeat(6)}`
  return documentOf('docx', Array.from({ length: 10_000 }, (_, index) => page(index)).join(''))
}

/** Styles that each are based on the other. */
const circularStyles = (): Uint8Array => {
  const style = (id: string, base: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="${base}"/></w:style>`
  return makers.docx('<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>Round and round</w:t></w:r></w:p>', '', {
    'word/styles.xml': `<w:styles ${namespaces.docx}>${style('A', 'B')}${style('B', 'A')}</w:styles>`,
    'word/_rels/document.xml.rels': links(['styles', 'styles.xml']),
  })
}

/** A PDF whose page is `content`, packed. */
const pdfOf = (content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj\n4 0 obj<</Length ${content.length}/Filter/FlateDecode>>stream\n`,
    ),
    content,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  ])

/** A PNG that says that it is larger than any memory. */
function hugePicture(): Buffer {
  const picture = Buffer.from(sample('Pictures/Lighthouse.png'))
  picture.writeUInt32BE(60_000, 16)
  picture.writeUInt32BE(60_000, 20)
  return picture
}

/** Documents that end in a sentence. */
export const refused: readonly Hostile[] = [
  ...ofPackages,
  { name: 'a million rows.csv', make: () => 'one,two,three\n'.repeat(1_000_000), says: /10 MB/ },
  { name: 'endless.txt', make: () => 'a'.repeat(11 * mebibyte), says: /10 MB/ },
  { name: 'picture.txt', make: () => sample('Pictures/Lighthouse.png'), says: /text/ },
  { name: 'picture.md', make: () => sample('Pictures/Lighthouse.png'), says: /text/ },
  { name: 'letter.csv', make: () => sample('Welcome letter.docx'), says: /text/ },
  { name: 'truncated.pdf', make: () => sample('Questions.pdf').subarray(0, 40), says: isBroken },
  { name: 'letter.pdf', make: () => sample('Welcome letter.docx'), says: isBroken },
  { name: 'letter.png', make: () => sample('Welcome letter.docx'), says: isBroken },
  { name: 'huge.png', make: hugePicture, says: isBroken },
  {
    name: 'laughs.svg',
    make: () => `${laughs('svg')}<svg xmlns="http://www.w3.org/2000/svg"><text>&l8;</text></svg>`,
    says: isBroken,
  },
  { name: 'ten thousand pages.docx', make: manyPages, says: /paragraphs/ },
  {
    name: 'pages without room.docx',
    make: () =>
      documentOf(
        'docx',
        '<w:p><w:pPr><w:sectPr><w:pgSz w:w="1" w:h="1"/><w:pgMar w:top="0" w:right="0" w:bottom="0" w:left="0"/></w:sectPr></w:pPr><w:r><w:t>No room</w:t></w:r></w:p>',
      ),
    says: /without room/,
  },
  {
    name: 'ten million columns.docx',
    make: () =>
      documentOf(
        'docx',
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="10000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p/>',
      ),
    says: /cells in one row/,
  },
  {
    name: 'a million rows.xlsx',
    make: () => documentOf('xlsx', Array.from({ length: 1_000_000 }, (_, index) => row(index)).join('')),
    says: /too large/,
  },
]

/** A document that turns in circles or says too much, and is shown none the less, in a page that may be empty. */
export interface Survived {
  readonly name: string
  readonly make: () => Uint8Array | string
  /** What is seen of it: a selector in the page of the office. */
  readonly shows: string
}

/** Documents of which something can be shown. */
export const survived: readonly Survived[] = [
  {
    name: 'in circles.pdf',
    make: () =>
      Buffer.from(
        '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
      ),
    shows: '.sheet',
  },
  { name: 'large page.pdf', make: () => pdfOf(deflateSync(Buffer.alloc(100 * mebibyte, '0 0 m '))), shows: '.sheet' },
  {
    name: 'formulas in circles.xlsx',
    make: () => documentOf('xlsx', '<row r="1"><c r="A1"><f>B1+1</f></c><c r="B1"><f>A1+1</f></c></row>'),
    shows: '.grid canvas',
  },
  { name: 'styles in circles.docx', make: circularStyles, shows: '.word[aria-busy=false] .layout-page' },
  { name: 'garbage.doc', make: () => Buffer.alloc(5000, 'garbage '), shows: '.textLayer span' },
]
