import { buildPackage } from '../../src/documents/package/build-package.ts'

export interface SmallWorkbook {
  /** What stands in `sheetData` of the one sheet, which is called Data. */
  readonly rows: string
  /** What stands before it. */
  readonly before?: string
  /** What stands after it. */
  readonly after?: string
  /** Entries of the order of calculation. */
  readonly chain?: string
  /** Of every element of the sheet, with the colon. */
  readonly prefix?: string
  /** What stands before the sheets of the workbook. */
  readonly properties?: string
  /** What stands in the part of styles. */
  readonly styles?: string
  readonly parts?: Readonly<Record<string, string>>
  /** More relationships of the workbook. */
  readonly links?: string
  /** Relationships of the sheet. */
  readonly relationships?: string
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A workbook of one sheet. */
export function smallWorkbook({
  rows,
  before = '',
  links = '',
  after = '',
  chain,
  prefix = '',
  parts,
  relationships,
  properties = '',
  styles,
}: SmallWorkbook): Uint8Array {
  const sheet = `${prefix}worksheet xmlns${prefix && `:${prefix.slice(0, -1)}`}="${main}"`
  const chained =
    chain === undefined ? '' : `<Override PartName="/xl/calcChain.xml" ContentType="${type}.calcChain+xml"/>`
  return buildPackage({
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/>${chained}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}">${properties}<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/>${chain === undefined ? '' : `<Relationship Id="rId2" Type="${relations}/calcChain" Target="calcChain.xml"/>`}${styles === undefined ? '' : `<Relationship Id="rId3" Type="${relations}/styles" Target="styles.xml"/>`}${links}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<${sheet}>${before}<${prefix}sheetData>${rows}</${prefix}sheetData>${after}</${prefix}worksheet>`,
    ...(chain !== undefined && { 'xl/calcChain.xml': `<calcChain xmlns="${main}">${chain}</calcChain>` }),
    ...(styles !== undefined && { 'xl/styles.xml': `<styleSheet xmlns="${main}">${styles}</styleSheet>` }),
    ...(relationships !== undefined && {
      'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships xmlns="${packaged}/relationships">${relationships}</Relationships>`,
    }),
    ...parts,
  })
}
