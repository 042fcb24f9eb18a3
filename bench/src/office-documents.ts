import { archive, type Part } from './archive.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const schemas = 'http://schemas.openxmlformats.org'
const relations = `${schemas}/officeDocument/2006/relationships`
const formats = 'application/vnd.openxmlformats-officedocument'

const part = (name: string, xml: string): Part => ({ name, data: Buffer.from(declaration + xml) })

const types = (overrides: Readonly<Record<string, string>>): Part =>
  part(
    '[Content_Types].xml',
    `<Types xmlns="${schemas}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${Object.entries(
      overrides,
    )
      .map(([name, type]) => `<Override PartName="/${name}" ContentType="${formats}.${type}+xml"/>`)
      .join('')}</Types>`,
  )

const links = (name: string, targets: Readonly<Record<string, string>>): Part =>
  part(
    name,
    `<Relationships xmlns="${schemas}/package/2006/relationships">${Object.entries(targets)
      .map(
        ([type, target], index) =>
          `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`,
      )
      .join('')}</Relationships>`,
  )

/** The first words of each document that is made here: once they are seen, its first page is. */
export const firstWords = 'Quarterly'

const sentence =
  'The committee met in the usual place, heard what there was to hear, and wrote down what it had agreed upon. '

const paragraph = (text: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`

const table = `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>${'<w:gridCol w:w="3000"/>'.repeat(3)}</w:tblGrid>${`<w:tr>${`<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>${paragraph('A cell of it')}</w:tc>`.repeat(3)}</w:tr>`.repeat(4)}</w:tbl>`

const page = (_: unknown, index: number): string =>
  paragraph(
    index === 0 ? `${firstWords} report` : `Section ${index + 1}`,
    '<w:pStyle w:val="Heading1"/><w:pageBreakBefore/>',
  ) +
  Array.from({ length: 7 }, (_, line) => paragraph(`${index + 1}.${line + 1} ${sentence.repeat(4)}`)).join('') +
  (index % 5 === 4 ? table : '')

/** A Word document of so many pages: headings, paragraphs of a few lines, and a table on every fifth page. */
export const wordDocument = (pages: number): Buffer =>
  archive([
    types({
      'word/document.xml': 'wordprocessingml.document.main',
      'word/styles.xml': 'wordprocessingml.styles',
    }),
    links('_rels/.rels', { officeDocument: 'word/document.xml' }),
    links('word/_rels/document.xml.rels', { styles: 'styles.xml' }),
    part(
      'word/document.xml',
      `<w:document xmlns:w="${schemas}/wordprocessingml/2006/main"><w:body>${Array.from({ length: pages }, page).join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    ),
    part(
      'word/styles.xml',
      `<w:styles xmlns:w="${schemas}/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style></w:styles>`,
    ),
  ])

const columns = 10
const letters = 'ABCDEFGHIJ'

function row(_: unknown, index: number): string {
  const at = index + 1
  const numbers = Array.from(
    { length: columns - 2 },
    (_, column) => `<c r="${letters[column + 1]}${at}"><v>${(at * 37 + column * 11) % 1000}</v></c>`,
  )
  const label = `<c r="A${at}" t="inlineStr"><is><t>${index === 0 ? firstWords : `Row ${at}`}</t></is></c>`
  return `<row r="${at}">${label}${numbers.join('')}<c r="J${at}"><f>SUM(B${at}:I${at})</f><v>${Array.from({ length: columns - 2 }, (_, column) => (at * 37 + column * 11) % 1000).reduce((sum, one) => sum + one)}</v></c></row>`
}

/** A workbook of so many cells, ten in a row: a label, numbers, and their sum as a formula. */
export const workbook = (cells: number): Buffer =>
  archive([
    types({
      'xl/workbook.xml': 'spreadsheetml.sheet.main',
      'xl/worksheets/sheet1.xml': 'spreadsheetml.worksheet',
    }),
    links('_rels/.rels', { officeDocument: 'xl/workbook.xml' }),
    links('xl/_rels/workbook.xml.rels', { worksheet: 'worksheets/sheet1.xml' }),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${schemas}/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${schemas}/spreadsheetml/2006/main"><sheetData>${Array.from({ length: cells / columns }, row).join('')}</sheetData></worksheet>`,
    ),
  ])
