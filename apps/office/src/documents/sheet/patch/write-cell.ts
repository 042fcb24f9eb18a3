import type { CellValue } from '../workbook.ts'
import { escapeXml, writeEscapes } from '../xml/text.ts'

/** A cell to be written. */
export interface WrittenCell {
  /** Of the elements of this sheet, with the colon. */
  readonly prefix: string
  /** All attributes but the type. */
  readonly attributes: Readonly<Record<string, string>>
  readonly value: CellValue
  /** The element `f` as it is to stand there. */
  readonly formula?: string
}

/** A cell's markup. Strings stand in the cell itself: the table of shared ones stays as it is. */
export function writeCell({ prefix, attributes, value, formula = '' }: WrittenCell): string {
  const type = typeOf(value, formula !== '')
  const all = Object.entries({ ...attributes, ...(type && { t: type }) })
  const spelt = all.map(([name, text]) => ` ${name}="${escapeXml(text)}"`).join('')
  const content = formula + contentOf(value, { prefix, type })
  return content === '' ? `<${prefix}c${spelt}/>` : `<${prefix}c${spelt}>${content}</${prefix}c>`
}

/** The element `f` of a formula that stands for itself. */
export const writeFormula = (formula: string, prefix: string): string =>
  `<${prefix}f>${escapeXml(formula)}</${prefix}f>`

function typeOf(value: CellValue, isFormula: boolean): string | undefined {
  if (typeof value === 'string') return isFormula ? 'str' : 'inlineStr'
  if (typeof value === 'boolean') return 'b'
  return typeof value === 'object' && value ? 'e' : undefined
}

function contentOf(value: CellValue, { prefix, type }: { prefix: string; type: string | undefined }): string {
  if (value === null) return ''
  const text = escapeXml(writeEscapes(plainText(value)))
  if (type === 'inlineStr') return `<${prefix}is><${prefix}t xml:space="preserve">${text}</${prefix}t></${prefix}is>`
  return `<${prefix}v>${text}</${prefix}v>`
}

function plainText(value: NonNullable<CellValue>): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'object' ? value.error : String(value)
}
