import { smallWorkbook } from '../../../../apps/office/test/sheet/small-workbook.ts'
import type { CorpusDocument } from '../corpus-document.ts'
import { before, editPackage, type PartEdits } from './edit-package.ts'
import { madeDocument } from './made-document.ts'
import { sheetFeatures } from './sheet-features.ts'

/** A workbook with one feature, in the terms of its parts. */
export interface SheetFeature {
  /** What stands in the rows; some plain ones where it is absent. */
  readonly rows?: string
  /** What stands before and after the rows. */
  readonly head?: string
  readonly after?: string
  /** What the workbook says before and after its list of sheets. */
  readonly properties?: string
  readonly bookAfter?: string
  readonly styles?: string
  readonly chain?: string
  /** Relationships of the sheet and of the workbook: id, type (short or whole), target. */
  readonly sheetRelations?: readonly Relation[]
  readonly bookRelations?: readonly Relation[]
  readonly parts?: Readonly<Record<string, string | Uint8Array>>
  /** Content types by part, or by extension with a leading dot. */
  readonly types?: Readonly<Record<string, string>>
}

type Relation = readonly [id: string, type: string, target: string, isOutside?: boolean]

const plainRows =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>Item</t></is></c><c r="B1" t="inlineStr"><is><t>Price</t></is></c></row>' +
  '<row r="2"><c r="A2" t="inlineStr"><is><t>Tea</t></is></c><c r="B2"><v>3</v></c></row>' +
  '<row r="3"><c r="A3" t="inlineStr"><is><t>Milk</t></is></c><c r="B3"><v>2</v></c></row>' +
  '<row r="4"><c r="A4" t="inlineStr"><is><t>Sum</t></is></c><c r="B4"><f>SUM(B2:B3)</f><v>5</v></c></row>'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

const written = (relations: readonly Relation[]) =>
  relations
    .map(([id, type, target, isOutside]) => {
      const whole = type.includes(':') ? type : `${office}/${type}`
      return `<Relationship Id="${id}" Type="${whole}" Target="${target}"${isOutside ? ' TargetMode="External"' : ''}/>`
    })
    .join('')

const typesOf = (types: Readonly<Record<string, string>>) => {
  const entries = Object.entries(types)
  const defaults = entries.filter(([name]) => name.startsWith('.'))
  const overrides = entries.filter(([name]) => !name.startsWith('.'))
  const default_ = defaults
    .map(([name, type]) => `<Default Extension="${name.slice(1)}" ContentType="${type}"/>`)
    .join('')
  const override = overrides.map(([name, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`).join('')
  return (source: string) => before('</Types>', override)(source.replace(/(<Types[^>]*>)/, `$1${default_}`))
}

function workbook(feature: SheetFeature): Uint8Array {
  const { rows = plainRows, after = '', properties = '', sheetRelations = [], styles, chain } = feature
  const relationships = sheetRelations.length > 0 ? { relationships: written(sheetRelations) } : {}
  const made = smallWorkbook({
    rows,
    after,
    properties,
    ...relationships,
    ...(styles !== undefined && { styles }),
    ...(chain !== undefined && { chain }),
  })
  const edits: PartEdits = {
    ...feature.parts,
    '[Content_Types].xml': typesOf(feature.types ?? {}),
    'xl/workbook.xml': before('</workbook>', feature.bookAfter ?? ''),
    'xl/_rels/workbook.xml.rels': before('</Relationships>', written(feature.bookRelations ?? [])),
    'xl/worksheets/sheet1.xml': (source) =>
      source.replace('xmlns=', `xmlns:r="${office}" xmlns=`).replace('<sheetData>', `${feature.head ?? ''}<sheetData>`),
  }
  return editPackage(made, edits)
}

/** Workbooks, one for each feature that editors lose. */
export const madeSheets: readonly CorpusDocument[] = Object.entries(sheetFeatures).map(([name, feature]) =>
  madeDocument(/\.\w+$/.test(name) ? name : `${name}.xlsx`, () => workbook(feature)),
)
