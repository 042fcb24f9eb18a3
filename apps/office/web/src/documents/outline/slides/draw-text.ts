import type { RunStyle, Spacing, TextBody, TextParagraph, TextRun } from '../../../../../src/documents/slides/slide.ts'
import { element } from '../../../element.ts'
import { numberSign } from './numbers.ts'

/** Told of each paragraph that is drawn, by where it begins in the source. */
export type Drawn = (start: number, paragraph: HTMLElement) => void

/** How high a line is, in heights of its letters, where a document says nothing else. */
const usualLine = 1.2

/** The text of a shape or a cell. */
export function drawText(text: TextBody, drawn: Drawn): HTMLElement {
  const holder = element('div', { class: `slide-text ${text.anchor}` })
  const { left, top, right, bottom } = text.insets
  holder.style.padding = `${top}px ${right}px ${bottom}px ${left}px`
  if (!text.wraps) holder.classList.add('unwrapped')
  if (text.turned !== 0) holder.style.writingMode = 'vertical-rl'
  if (text.turned === 270) holder.style.transform = 'rotate(180deg)'
  const numbers: number[] = []
  for (const paragraph of text.paragraphs) {
    const shown = drawParagraph(paragraph, text, nextNumber(paragraph, numbers))
    drawn(paragraph.start, shown)
    holder.append(shown)
  }
  return holder
}

/** Counts the items of each level. A paragraph without a number ends the count of its level and those below. */
function nextNumber({ style: { level, bullet }, runs }: TextParagraph, numbers: number[]): number {
  numbers.length = Math.min(numbers.length, level + 1)
  if (!bullet || !('numbers' in bullet.sign)) {
    if (runs.length > 0) numbers.length = Math.min(numbers.length, level)
    return 0
  }
  const next = (numbers[level] ?? bullet.sign.from - 1) + 1
  numbers[level] = next
  return next
}

function drawParagraph(paragraph: TextParagraph, text: TextBody, number: number): HTMLElement {
  const { style, runs, empty } = paragraph
  const shown = element('p', { class: 'slide-paragraph' })
  const first = runs.find(({ is }) => is === 'text')?.style ?? empty
  const size = first.size * text.scale
  const line = heightOfLine(style.line, text.tightened)
  Object.assign(shown.style, {
    textAlign: style.align,
    direction: style.isRightToLeft ? 'rtl' : 'ltr',
    paddingInlineStart: `${style.marginLeft}px`,
    textIndent: `${style.indent}px`,
    marginTop: spacing(style.before, size),
    marginBottom: spacing(style.after, size),
    lineHeight: line,
    fontSize: `${size}px`,
    fontFamily: familyOf(first),
  })
  if (style.bullet && runs.length > 0) shown.append(drawBullet(style, first, { scale: text.scale, number }))
  shown.append(...runs.map((run) => drawRun(run, text.scale)))
  if (runs.length === 0) shown.append(element('br'))
  return shown
}

const heightOfLine = (line: Spacing, tightened: number): string =>
  'share' in line ? String(usualLine * Math.max(0.5, line.share - tightened)) : `${line.pixels}px`

const spacing = (space: Spacing, size: number): string =>
  'share' in space ? `${space.share * size * usualLine}px` : `${space.pixels}px`

function drawBullet(
  { bullet, indent }: TextParagraph['style'],
  first: RunStyle,
  { scale, number }: { readonly scale: number; readonly number: number },
): HTMLElement {
  const sign = bullet && ('character' in bullet.sign ? pictogram(bullet) : numberSign(bullet.sign.numbers, number))
  const shown = element('span', { class: 'slide-bullet', 'aria-hidden': 'true' }, sign)
  Object.assign(shown.style, {
    minWidth: `${Math.max(0, -indent)}px`,
    color: bullet?.color ?? first.color,
    fontSize: `${first.size * scale * (bullet?.size ?? 1)}px`,
    fontWeight: first.isBold && number > 0 ? 'bold' : 'normal',
  })
  return shown
}

/** Fonts of pictograms are on few machines: what their characters look like, every font has. */
const pictograms: Readonly<Record<string, string>> = {
  '§': '▪',
  '·': '•',
  Ø: '➢',
  ü: '✓',
  q: '❑',
  v: '❖',
  à: '→',
  n: '■',
  l: '●',
  o: '○',
}

function pictogram({ sign, font }: NonNullable<TextParagraph['style']['bullet']>): string {
  const character = 'character' in sign ? sign.character : ''
  const isPictogram = /wingdings|symbol|webdings/i.test(font ?? '')
  const plain = character.replace(/[\uf000-\uf0ff]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xf000))
  if (isPictogram || plain !== character) return pictograms[plain] ?? '•'
  return character
}

function drawRun({ is, text, style }: TextRun, scale: number): HTMLElement {
  if (is === 'break') return element('br')
  const shown = element('span', style.link === undefined ? {} : { class: 'slide-link', 'data-link': style.link }, text)
  const decoration = [style.isUnderlined && 'underline', style.isStruck && 'line-through'].filter(Boolean).join(' ')
  Object.assign(shown.style, {
    fontSize: `${style.size * scale * (style.raised === 0 ? 1 : 2 / 3)}px`,
    fontFamily: familyOf(style),
    fontWeight: style.isBold ? 'bold' : 'normal',
    fontStyle: style.isItalic ? 'italic' : 'normal',
    color: style.color,
    ...(decoration && { textDecoration: decoration }),
    ...(style.highlight && { backgroundColor: style.highlight }),
    ...(style.spacing !== 0 && { letterSpacing: `${style.spacing * scale}px` }),
    ...(style.capitals === 'all' && { textTransform: 'uppercase' }),
    ...(style.capitals === 'small' && { fontVariant: 'small-caps' }),
    ...(style.raised !== 0 && { verticalAlign: `${style.raised}em`, lineHeight: '0' }),
  })
  return shown
}

function familyOf({ fonts }: RunStyle): string {
  const isSerif = fonts.some((name) =>
    /times|cambria|georgia|garamond|roman|serif|book|palatino|song|mincho/i.test(name),
  )
  return [...fonts.map((name) => JSON.stringify(name)), isSerif ? 'serif' : 'Arial, sans-serif'].join(', ')
}
