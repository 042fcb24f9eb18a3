import type { Box, Fill, Group, Line, Picture, Shape } from '../../../../../src/documents/slides/slide.ts'
import { element } from '../../../element.ts'
import { strings } from '../../../strings.ts'
import type { Media } from '../media.ts'
import { drawTable } from './draw-table.ts'
import { type Drawn, drawText } from './draw-text.ts'
import { type DrawnPath, pathsOf } from './outline-path.ts'
import { svg } from './svg.ts'

/** What drawing takes besides what is drawn. */
export interface Drawing {
  readonly media: Media
  readonly drawn: Drawn
}

/** A shape, placed where it belongs in what it is put into. */
export function drawShape(shape: Shape, drawing: Drawing): HTMLElement {
  const { box, group, table, text } = shape
  const holder = element('div', { class: 'slide-shape' })
  place(holder, box)
  if (box.rotation !== 0) holder.style.transform = `rotate(${box.rotation}deg)`
  if (group) holder.append(drawGroup(group, { ...drawing, box }))
  else holder.append(...looksOf(shape, drawing))
  if (table) holder.append(drawTable(table, drawing.drawn))
  if (text && text.paragraphs.length > 0) holder.append(insideOf(shape, drawText(text, drawing.drawn)))
  return holder
}

function place({ style }: HTMLElement, { x, y, width, height }: Pick<Box, 'x' | 'y' | 'width' | 'height'>): void {
  Object.assign(style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` })
}

function drawGroup({ space, shapes }: Group, { box, ...drawing }: Drawing & { readonly box: Box }): HTMLElement {
  const inside = element('div', { class: 'slide-group' }, ...shapes.map((shape) => drawShape(shape, drawing)))
  const [across, down] = [share(box.width, space.width), share(box.height, space.height)]
  const mirrored = [box.isFlippedAcross ? -1 : 1, box.isFlippedDown ? -1 : 1]
  const back = `translate(${box.isFlippedAcross ? box.width : 0}px, ${box.isFlippedDown ? box.height : 0}px)`
  inside.style.transform = `${back} scale(${across * (mirrored[0] ?? 1)}, ${down * (mirrored[1] ?? 1)}) translate(${-space.x}px, ${-space.y}px)`
  return inside
}

const share = (whole: number, part: number): number => (part > 0 && whole > 0 ? whole / part : 1)

function looksOf({ box, outline, fill, line, picture, isUnknown, description }: Shape, { media }: Drawing): Element[] {
  const paths = pathsOf(outline, box)
  const looks: Element[] = []
  const flip = `scale(${box.isFlippedAcross ? -1 : 1}, ${box.isFlippedDown ? -1 : 1})`
  const clip = outline.is === 'known' && outline.name === 'rect' ? undefined : paths.map(({ data }) => data).join('')
  const filled = filledBox(fill, media)
  if (filled) looks.push(clipped(filled, { clip, flip }))
  if (picture) looks.push(clipped(drawPicture(picture, { media, description }), { clip, flip }))
  if (isUnknown) looks.push(unknown(description))
  const color = fill?.is === 'color' ? fill.color : 'none'
  if (line || color !== 'none')
    looks.push(drawPaths(paths, { color, line, flip, box, isKnown: outline.is === 'known' }))
  return looks
}

function clipped(looks: HTMLElement, { clip, flip }: { readonly clip: string | undefined; readonly flip: string }) {
  if (clip !== undefined) looks.style.clipPath = `path("${clip}")`
  if (flip !== 'scale(1, 1)') looks.style.transform = flip
  return looks
}

/** What colour alone does not fill. */
function filledBox(fill: Fill | undefined, media: Media): HTMLElement | undefined {
  if (fill?.is === 'picture') return drawPicture(fill.picture, { media })
  if (fill?.is !== 'gradient') return undefined
  const box = element('div', { class: 'slide-fill' })
  box.style.backgroundImage = gradientOf(fill)
  return box
}

/** A gradient as style sheets spell it. */
export function gradientOf({ stops, angle, isRound }: Extract<Fill, { is: 'gradient' }>): string {
  const colors = stops.map(({ at, color }) => `${color} ${Math.round(at * 1000) / 10}%`).join(', ')
  return isRound ? `radial-gradient(circle, ${colors})` : `linear-gradient(${angle + 90}deg, ${colors})`
}

/** A picture, without what is cut off of it. */
export function drawPicture(
  { part, crop, opacity }: Picture,
  { media, description = '' }: { readonly media: Media; readonly description?: string | undefined },
): HTMLElement {
  const address = media.address(part)
  if (address === undefined) return unknown(description)
  const image = element('img', { src: address, alt: description, draggable: 'false' })
  const [width, height] = [1 - crop.left - crop.right, 1 - crop.top - crop.bottom].map((rest) => Math.max(0.01, rest))
  Object.assign(image.style, {
    width: `${100 / (width ?? 1)}%`,
    height: `${100 / (height ?? 1)}%`,
    left: `${(-100 * crop.left) / (width ?? 1)}%`,
    top: `${(-100 * crop.top) / (height ?? 1)}%`,
    opacity: String(opacity),
  })
  return element('div', { class: 'slide-fill' }, image)
}

const unknown = (description = ''): HTMLElement =>
  element(
    'div',
    { class: 'slide-fill slide-unknown', title: description || strings.outline.notDrawn },
    description || strings.outline.notDrawn,
  )

function drawPaths(
  paths: readonly DrawnPath[],
  {
    color,
    line,
    flip,
    box,
    isKnown,
  }: { color: string; line: Line | undefined; flip: string; box: Box; isKnown: boolean },
): SVGSVGElement {
  const picture = svg('svg', { class: 'slide-paths', width: box.width, height: box.height, 'aria-hidden': 'true' })
  // Well-known outlines run around their holes the other way.
  const rule = isKnown ? 'nonzero' : 'evenodd'
  for (const { data, isFilled, isStroked } of paths) {
    const stroke = isStroked && line ? strokeOf(line) : {}
    const path = svg('path', { d: data, fill: isFilled ? color : 'none', 'fill-rule': rule, ...stroke })
    picture.append(path)
    if (isStroked && line) addEnds(picture, path, line)
  }
  if (flip !== 'scale(1, 1)') picture.style.transform = flip
  return picture
}

const strokeOf = ({ color, width, dashes }: Line) => ({
  stroke: color,
  'stroke-width': Math.max(0.5, width),
  ...(dashes.length > 0 && { 'stroke-dasharray': dashes.map((length) => length * Math.max(1, width)).join(' ') }),
})

/** Heads of arrows, and what else lines end with. */
function addEnds(picture: SVGSVGElement, path: SVGPathElement, { color, startsWith, endsWith }: Line): void {
  for (const [end, kind] of [
    ['start', startsWith],
    ['end', endsWith],
  ] as const) {
    if (kind === undefined) continue
    const id = `end-${crypto.randomUUID()}`
    const data =
      kind === 'oval' ? 'M1 3A2 2 0 1 1 5 3A2 2 0 1 1 1 3Z' : kind === 'diamond' ? 'M3 1L5 3L3 5L1 3Z' : 'M0 0L6 3L0 6Z'
    const attributes = { viewBox: '0 0 6 6', refX: kind === 'oval' || kind === 'diamond' ? 3 : 5, refY: 3 }
    const marker = svg(
      'marker',
      { id, ...attributes, markerWidth: 4, markerHeight: 4, orient: 'auto-start-reverse' },
      svg('path', { d: data, fill: color }),
    )
    picture.append(marker)
    path.setAttribute(`marker-${end}`, `url(#${id})`)
  }
}

/** How much of a side the text keeps away from an outline that is no rectangle. */
const kept: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ellipse: [0.146, 0.146],
  flowChartConnector: [0.146, 0.146],
  diamond: [0.25, 0.25],
  flowChartDecision: [0.25, 0.25],
  triangle: [0.25, 0],
}

function insideOf({ box, outline }: Shape, text: HTMLElement): HTMLElement {
  const [across, down] = (outline.is === 'known' && kept[outline.name]) || [0, 0]
  const isTriangle = outline.is === 'known' && outline.name === 'triangle'
  Object.assign(text.style, {
    insetInline: `${across * box.width}px`,
    top: `${isTriangle ? box.height / 2 : down * box.height}px`,
    bottom: `${down * box.height}px`,
  })
  if (box.isFlippedDown) text.style.transform = 'rotate(180deg)'
  return text
}
