import type { Border, CellStyle, Font } from '../workbook.ts'
import { isOn } from '../xml/attributes.ts'
import { builtInFormat } from './built-in-formats.ts'
import type { Colors } from './colors.ts'
import { childOf, type Element, elementsOf } from './elements.ts'

/** The styles that cells refer to by number. */
export function readStyles(xml: string, colors: Colors): readonly CellStyle[] {
  const root = elementsOf(xml, 'styleSheet')
  const list = (name: string) => childOf(root, name)?.children ?? []
  const formats = new Map(
    list('numFmts').map(({ attributes: { numFmtId, formatCode = '' } }) => [numFmtId, formatCode]),
  )
  const fonts = list('fonts').map((font) => readFont(font, colors))
  const fills = list('fills').map((fill) => readFill(fill, colors))
  const borders = list('borders').map((border) => readBorders(border, colors))
  return list('cellXfs').map((xf): CellStyle => {
    const { numFmtId = '0', fontId = '0', fillId = '0', borderId = '0' } = xf.attributes
    const fill = fills[Number(fillId)]
    return {
      format: formats.get(numFmtId) ?? builtInFormat(Number(numFmtId)),
      font: fonts[Number(fontId)] ?? {},
      ...(fill && { fill }),
      borders: borders[Number(borderId)] ?? {},
      ...readAlignment(childOf(xf, 'alignment')),
      isLocked: isOn(childOf(xf, 'protection')?.attributes['locked'], true),
    }
  })
}

/** Many formatting marks are on when they are there and do not say that they are off. */
const isMarked = (parent: Element, name: string): boolean => {
  const mark = childOf(parent, name)
  return mark !== undefined && isOn(mark.attributes['val'], true)
}

function readFont(font: Element, colors: Colors): Font {
  const value = (name: string) => childOf(font, name)?.attributes['val']
  const color = childOf(font, 'color')
  const drawn = color && colors.colorOf(color.attributes)
  const position = value('vertAlign')
  const size = Number(value('sz'))
  const name = value('name')
  const underline = childOf(font, 'u')
  return {
    ...(name !== undefined && { name }),
    ...(size > 0 && { size }),
    ...(isMarked(font, 'b') && { isBold: true }),
    ...(isMarked(font, 'i') && { isItalic: true }),
    ...(isMarked(font, 'strike') && { isStruck: true }),
    ...(underline && underline.attributes['val'] !== 'none' && { isUnderlined: true }),
    ...(drawn && { color: drawn }),
    ...((position === 'superscript' || position === 'subscript') && { position }),
  }
}

function readFill(fill: Element, colors: Colors): string | undefined {
  const pattern = childOf(fill, 'patternFill')
  const kind = pattern?.attributes['patternType'] ?? 'none'
  const color = pattern && childOf(pattern, kind === 'solid' ? 'fgColor' : 'bgColor')
  if (kind === 'none' || !color) return undefined
  return colors.colorOf(color.attributes)
}

function readBorders(border: Element, colors: Colors): CellStyle['borders'] {
  const sides = (['left', 'right', 'top', 'bottom'] as const).flatMap((side): [string, Border][] => {
    const found = childOf(border, side)
    const line = found?.attributes['style']
    if (!found || !line || line === 'none') return []
    const color = childOf(found, 'color')
    const drawn = color && colors.colorOf(color.attributes)
    return [[side, { line, ...(drawn && { color: drawn }) }]]
  })
  return Object.fromEntries(sides)
}

function readAlignment(alignment: Element | undefined) {
  const { horizontal, vertical, wrapText, textRotation, indent } = alignment?.attributes ?? {}
  const turned = Number(textRotation ?? 0)
  return {
    ...(horizontal && horizontal !== 'general' && { horizontal }),
    ...(vertical && { vertical }),
    ...(isOn(wrapText) && { wraps: true }),
    ...(turned && { rotation: turned > 90 && turned <= 180 ? 90 - turned : turned }),
    ...(indent && { indent: Number(indent) }),
  }
}
