import {
  BooleanNumber,
  BorderStyleTypes,
  HorizontalAlign,
  type IBorderStyleData,
  type IStyleData,
  VerticalAlign,
  WrapStrategy,
} from '@univerjs/core'

const across: Readonly<Partial<Record<HorizontalAlign, string>>> = {
  [HorizontalAlign.LEFT]: 'left',
  [HorizontalAlign.CENTER]: 'center',
  [HorizontalAlign.RIGHT]: 'right',
  [HorizontalAlign.JUSTIFIED]: 'justify',
}
const down: Readonly<Partial<Record<VerticalAlign, string>>> = {
  [VerticalAlign.TOP]: 'top',
  [VerticalAlign.MIDDLE]: 'middle',
}
const lines: Readonly<Partial<Record<BorderStyleTypes, string>>> = {
  [BorderStyleTypes.HAIR]: '1px dotted',
  [BorderStyleTypes.DOTTED]: '1px dotted',
  [BorderStyleTypes.DASHED]: '1px dashed',
  [BorderStyleTypes.DOUBLE]: '3px double',
  [BorderStyleTypes.MEDIUM]: '2px solid',
  [BorderStyleTypes.MEDIUM_DASHED]: '2px dashed',
  [BorderStyleTypes.THICK]: '3px solid',
}

/** Makes an element look as a cell of the grid does. Through its style object: the page allows no style attributes. */
export function paintCell({ style }: HTMLElement, look: IStyleData, isNumber: boolean): void {
  const { ff, fs, bl, it, ul, st, cl, bg, ht, vt, tb, bd } = look
  if (ff) style.fontFamily = ff
  if (fs) style.fontSize = `${fs}pt`
  if (bl === BooleanNumber.TRUE) style.fontWeight = 'bold'
  if (it === BooleanNumber.TRUE) style.fontStyle = 'italic'
  const marks = [ul?.s === BooleanNumber.TRUE && 'underline', st?.s === BooleanNumber.TRUE && 'line-through']
  style.textDecoration = marks.filter(Boolean).join(' ')
  if (cl?.rgb) style.color = cl.rgb
  if (bg?.rgb) style.backgroundColor = bg.rgb
  style.textAlign = (ht && across[ht]) || (isNumber ? 'end' : 'start')
  style.verticalAlign = (vt && down[vt]) || 'bottom'
  style.whiteSpace = tb === WrapStrategy.WRAP ? 'pre-wrap' : 'pre'
  const sides = { left: bd?.l, right: bd?.r, top: bd?.t, bottom: bd?.b }
  for (const [side, border] of Object.entries(sides)) {
    if (border) style.setProperty(`border-${side}`, lineOf(border))
  }
}

const lineOf = ({ s: kind, cl }: IBorderStyleData): string => `${lines[kind] ?? '1px solid'} ${cl?.rgb ?? '#000'}`
