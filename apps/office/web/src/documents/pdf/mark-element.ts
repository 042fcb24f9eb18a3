import { actionButton } from '../../bar.ts'
import { element } from '../../element.ts'
import { icon } from '../../icons.ts'
import { strings } from '../../strings.ts'
import { type HighlightMark, looks, type Mark, roomOf, type TextMark } from './mark.ts'

/** What someone does with a mark. */
export interface MarkEvents {
  changed(mark: Mark): void
  removed(mark: Mark): void
}

/** Where a mark stands. Sizes in points. */
export interface Place {
  readonly scale: number
  readonly width: number
  readonly height: number
}

/** A mark on the screen. */
export function markElement(mark: Mark, place: Place, events: MarkEvents): HTMLElement {
  return mark.is === 'highlight' ? highlightElement(mark, place, events) : textElement(mark, place, events)
}

/** How far an arrow key moves a mark, in points. */
const step = 6

function textElement(mark: TextMark, place: Place, events: MarkEvents): HTMLElement {
  const label = strings.pdf.marks[mark.is]
  const text = element('textarea', { class: 'mark-text', 'aria-label': label, spellcheck: 'true', rows: '1' })
  text.value = mark.text
  const handle = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': strings.pdf.move, title: strings.pdf.move },
    icon('move'),
  )
  const remove = actionButton({ icon: 'close', label: strings.pdf.remove, run: () => events.removed(mark) })
  const tools = element('div', { class: 'mark-tools' }, handle, remove)
  const name = strings.pdf.onPage(label, mark.page)
  const shown = element('div', { class: `mark ${mark.is}`, role: 'group', 'aria-label': name }, tools, text)
  const { size, color } = looks[mark.is]
  text.style.fontSize = `${size * place.scale}px`
  text.style.color = `rgb(${color.join(' ')})`
  const settle = () => {
    const { width, height } = roomOf(mark)
    mark.x = between(0, mark.x, place.width - width)
    mark.y = between(0, mark.y, place.height - height)
    shown.style.left = `${mark.x * place.scale}px`
    shown.style.top = `${mark.y * place.scale}px`
    text.style.width = `${width * place.scale}px`
    text.style.height = `${height * place.scale}px`
  }
  text.addEventListener('input', () => {
    mark.text = text.value
    settle()
    events.changed(mark)
  })
  const move = (x: number, y: number) => {
    mark.x += x
    mark.y += y
    settle()
    events.changed(mark)
  }
  handle.addEventListener('keydown', (event) => {
    const [x, y] = arrows[event.key] ?? [0, 0]
    if (x === 0 && y === 0) return
    event.preventDefault()
    move(x * step, y * step)
  })
  drag(handle, (x, y) => move(x / place.scale, y / place.scale))
  // Nothing is written where nothing was typed.
  shown.addEventListener('focusout', ({ relatedTarget }) => {
    const isLeft = !(relatedTarget instanceof Node && shown.contains(relatedTarget))
    if (isLeft && shown.isConnected && mark.text.trim() === '') events.removed(mark)
  })
  settle()
  return shown
}

function highlightElement(mark: HighlightMark, { scale }: Place, events: MarkEvents): HTMLElement {
  const name = strings.pdf.highlighted(mark.text, mark.page)
  const lines = mark.lines.map((box) => {
    const line = element('div', { class: 'mark-line' })
    line.style.left = `${box.x * scale}px`
    line.style.top = `${box.y * scale}px`
    line.style.width = `${box.width * scale}px`
    line.style.height = `${box.height * scale}px`
    return line
  })
  const tools = element(
    'div',
    { class: 'mark-tools' },
    actionButton({ icon: 'close', label: strings.pdf.remove, run: () => events.removed(mark) }),
  )
  const [first] = mark.lines
  tools.style.left = `${((first?.x ?? 0) + (first?.width ?? 0)) * scale}px`
  tools.style.top = `${(first?.y ?? 0) * scale}px`
  return element('div', { class: 'highlighted', role: 'group', 'aria-label': name }, ...lines, tools)
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most))

/** Calls back with how far the pointer has gone since the last time, in pixels. */
function drag(handle: HTMLElement, moved: (x: number, y: number) => void): void {
  handle.addEventListener('pointerdown', ({ pointerId }) => handle.setPointerCapture(pointerId))
  handle.addEventListener('pointermove', ({ pointerId, movementX, movementY }) => {
    if (handle.hasPointerCapture(pointerId)) moved(movementX, movementY)
  })
}
