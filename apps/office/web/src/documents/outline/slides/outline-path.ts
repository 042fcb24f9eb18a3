import type { Outline } from '../../../../../src/documents/slides/slide.ts'

/** A size to draw an outline in. */
interface Size {
  readonly width: number
  readonly height: number
}

/** An outline as SVG draws it. */
export interface DrawnPath {
  readonly data: string
  readonly isFilled: boolean
  readonly isStroked: boolean
}

type Points = readonly (readonly [number, number])[]
/** Draws an outline; `bend` is what bends it, by number, as a share of the shorter side. */
type Draw = (size: Size, bend: (number: number, usual: number) => number) => string

const polygon = (points: Points): string => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}Z`
/** Corners at shares of the width and the height. */
const corners =
  (...shares: Points): Draw =>
  ({ width, height }) =>
    polygon(shares.map(([x, y]) => [x * width, y * height]))

const short = ({ width, height }: Size): number => Math.min(width, height)

function rounded({ width: w, height: h }: Size, [a, b, c, d]: readonly [number, number, number, number]): string {
  const arc = (radius: number, x: number, y: number) => (radius > 0 ? `A${radius} ${radius} 0 0 1 ${x} ${y}` : '')
  return `M${a} 0H${w - b}${arc(b, w, b)}V${h - c}${arc(c, w - c, h)}H${d}${arc(d, 0, h - d)}V${a}${arc(a, a, 0)}Z`
}

function ellipse({ width: w, height: h }: Size): string {
  return `M0 ${h / 2}A${w / 2} ${h / 2} 0 1 1 ${w} ${h / 2}A${w / 2} ${h / 2} 0 1 1 0 ${h / 2}Z`
}

const regular = (count: number, from = -90): Points =>
  Array.from({ length: count }, (_, index) => {
    const angle = ((from + (360 * index) / count) / 180) * Math.PI
    return [0.5 + Math.cos(angle) / 2, 0.5 + Math.sin(angle) / 2]
  })

const star =
  (count: number, inner: number): Draw =>
  ({ width, height }) =>
    polygon(
      regular(count * 2).map(([x, y], index) => {
        const reach = index % 2 === 0 ? 1 : inner
        return [(0.5 + (x - 0.5) * reach) * width, (0.5 + (y - 0.5) * reach) * height]
      }),
    )

/** An arrow to the right, of a shaft and a head; others are it, turned. */
function arrow(length: number, across: number, [thick, head]: readonly [number, number]): Points {
  const [top, neck] = [(across * (1 - thick)) / 2, Math.max(0, length - head)]
  return [
    [0, top],
    [neck, top],
    [neck, 0],
    [length, across / 2],
    [neck, across],
    [neck, across - top],
    [0, across - top],
  ]
}

const arrowTo =
  (side: 'right' | 'left' | 'down' | 'up'): Draw =>
  (size, bend) => {
    const { width: w, height: h } = size
    const [thick, head] = [bend(1, 0.5), bend(2, 0.5) * short(size)]
    const isAcross = side === 'right' || side === 'left'
    const points = arrow(isAcross ? w : h, isAcross ? h : w, [thick, head])
    if (side === 'right') return polygon(points)
    if (side === 'left') return polygon(points.map(([x, y]) => [w - x, y]))
    return polygon(points.map(([x, y]) => (side === 'down' ? [y, x] : [y, h - x])))
  }

const known: Readonly<Record<string, Draw>> = {
  ellipse,
  flowChartConnector: ellipse,
  roundRect: (size, bend) => {
    const radius = Math.min(bend(0, 0.16667), 0.5) * short(size)
    return rounded(size, [radius, radius, radius, radius])
  },
  flowChartAlternateProcess: (size) => {
    const radius = short(size) / 6
    return rounded(size, [radius, radius, radius, radius])
  },
  flowChartTerminator: (size) => {
    const radius = short(size) / 2
    return rounded(size, [radius, radius, radius, radius])
  },
  round1Rect: (size, bend) => rounded(size, [0, bend(0, 0.16667) * short(size), 0, 0]),
  round2SameRect: (size, bend) => {
    const [top, bottom] = [bend(1, 0.16667) * short(size), bend(2, 0) * short(size)]
    return rounded(size, [top, top, bottom, bottom])
  },
  snip1Rect: (size, bend) => {
    const [cut, w, h] = [bend(0, 0.16667) * short(size), size.width, size.height]
    return polygon([
      [0, 0],
      [w - cut, 0],
      [w, cut],
      [w, h],
      [0, h],
    ])
  },
  triangle: ({ width: w, height: h }, bend) =>
    polygon([
      [w * bend(0, 0.5), 0],
      [w, h],
      [0, h],
    ]),
  rtTriangle: corners([0, 0], [1, 1], [0, 1]),
  diamond: corners([0.5, 0], [1, 0.5], [0.5, 1], [0, 0.5]),
  flowChartDecision: corners([0.5, 0], [1, 0.5], [0.5, 1], [0, 0.5]),
  flowChartInputOutput: corners([0.2, 0], [1, 0], [0.8, 1], [0, 1]),
  parallelogram: (size, bend) => {
    const [shift, w, h] = [bend(0, 0.25) * short(size), size.width, size.height]
    return polygon([
      [shift, 0],
      [w, 0],
      [w - shift, h],
      [0, h],
    ])
  },
  trapezoid: (size, bend) => {
    const [shift, w, h] = [bend(0, 0.25) * short(size), size.width, size.height]
    return polygon([
      [shift, 0],
      [w - shift, 0],
      [w, h],
      [0, h],
    ])
  },
  pentagon: corners(...regular(5)),
  hexagon: (size, bend) => {
    const [cut, w, h] = [bend(0, 0.25) * short(size), size.width, size.height]
    return polygon([
      [cut, 0],
      [w - cut, 0],
      [w, h / 2],
      [w - cut, h],
      [cut, h],
      [0, h / 2],
    ])
  },
  octagon: corners(...regular(8, -67.5)),
  homePlate: (size, bend) => {
    const [point, w, h] = [bend(0, 0.5) * short(size), size.width, size.height]
    return polygon([
      [0, 0],
      [w - point, 0],
      [w, h / 2],
      [w - point, h],
      [0, h],
    ])
  },
  chevron: (size, bend) => {
    const [point, w, h] = [bend(0, 0.5) * short(size), size.width, size.height]
    return polygon([
      [0, 0],
      [w - point, 0],
      [w, h / 2],
      [w - point, h],
      [0, h],
      [point, h / 2],
    ])
  },
  plus: (size, bend) => {
    const [a, w, h] = [bend(0, 0.25) * short(size), size.width, size.height]
    return `M${a} 0H${w - a}V${a}H${w}V${h - a}H${w - a}V${h}H${a}V${h - a}H0V${a}H${a}Z`
  },
  star4: star(4, 0.38),
  star5: star(5, 0.38),
  star6: star(6, 0.58),
  star8: star(8, 0.75),
  rightArrow: arrowTo('right'),
  leftArrow: arrowTo('left'),
  downArrow: arrowTo('down'),
  upArrow: arrowTo('up'),
  leftRightArrow: (size, bend) => {
    const { width: w, height: h } = size
    const right = arrow(w / 2, h, [bend(1, 0.5), bend(2, 0.5) * short(size)]).slice(1, 6)
    const half = right.map(([x, y]) => [x + w / 2, y] as const)
    return polygon([...half, ...half.map(([x, y]) => [w - x, y] as const).reverse()])
  },
  donut: (size, bend) => {
    const inset = bend(0, 0.25) * short(size)
    const [w, h] = [size.width - 2 * inset, size.height - 2 * inset]
    const [x, y] = [inset, size.height / 2]
    return `${ellipse(size)}M${x} ${y}A${w / 2} ${h / 2} 0 1 0 ${x + w} ${y}A${w / 2} ${h / 2} 0 1 0 ${x} ${y}Z`
  },
  can: ({ width: w, height: h }) =>
    `M0 ${h / 8}A${w / 2} ${h / 8} 0 0 1 ${w} ${h / 8}V${(h * 7) / 8}A${w / 2} ${h / 8} 0 0 1 0 ${(h * 7) / 8}ZM${w} ${h / 8}A${w / 2} ${h / 8} 0 0 1 0 ${h / 8}`,
  heart: ({ width: w, height: h }) =>
    `M${w / 2} ${h / 4}C${w * 0.71} ${-h / 3} ${w * 1.5} ${h / 4} ${w / 2} ${h}C${-w / 2} ${h / 4} ${w * 0.29} ${-h / 3} ${w / 2} ${h / 4}Z`,
  cloud: ({ width: w, height: h }) => {
    const bumps: Points = [
      [0.3, 0.13],
      [0.52, 0.09],
      [0.74, 0.08],
      [0.93, 0.25],
      [0.97, 0.55],
      [0.84, 0.8],
      [0.62, 0.92],
      [0.38, 0.95],
      [0.13, 0.85],
      [0.04, 0.6],
      [0.09, 0.35],
    ]
    const arcs = bumps.map(([x, y]) => `A${w * 0.14} ${h * 0.17} 0 0 1 ${x * w} ${y * h}`)
    return `M${0.09 * w} ${0.35 * h}${arcs.join('')}Z`
  },
  wedgeRectCallout: ({ width: w, height: h }) =>
    `M0 0H${w}V${h}H${w * 0.42}L${w * 0.29} ${h * 1.12}L${w * 0.17} ${h}H0Z`,
  wedgeRoundRectCallout: (size) => {
    const radius = 0.16667 * short(size)
    return rounded(size, [radius, radius, radius, radius])
  },
}

/** Lines have no inside. */
const lines: Readonly<Record<string, Draw>> = {
  line: ({ width, height }) => `M0 0L${width} ${height}`,
  straightConnector1: ({ width, height }) => `M0 0L${width} ${height}`,
  bentConnector2: ({ width, height }) => `M0 0H${width}V${height}`,
  bentConnector3: ({ width, height }, bend) => `M0 0H${width * bend(1, 0.5)}V${height}H${width}`,
  curvedConnector3: ({ width: w, height: h }) => `M0 0C${w / 2} 0 ${w / 2} ${h} ${w} ${h}`,
  leftBracket: ({ width: w, height: h }) => `M${w} 0Q0 0 0 ${h / 8}V${(h * 7) / 8}Q0 ${h} ${w} ${h}`,
  rightBracket: ({ width: w, height: h }) => `M0 0Q${w} 0 ${w} ${h / 8}V${(h * 7) / 8}Q${w} ${h} 0 ${h}`,
  leftBrace: ({ width: w, height: h }) =>
    `M${w} 0Q${w / 2} 0 ${w / 2} ${h / 8}V${h * 0.4}Q${w / 2} ${h / 2} 0 ${h / 2}Q${w / 2} ${h / 2} ${w / 2} ${h * 0.6}V${(h * 7) / 8}Q${w / 2} ${h} ${w} ${h}`,
  rightBrace: ({ width: w, height: h }) =>
    `M0 0Q${w / 2} 0 ${w / 2} ${h / 8}V${h * 0.4}Q${w / 2} ${h / 2} ${w} ${h / 2}Q${w / 2} ${h / 2} ${w / 2} ${h * 0.6}V${(h * 7) / 8}Q${w / 2} ${h} 0 ${h}`,
}

const rectangle: Draw = ({ width, height }) => `M0 0H${width}V${height}H0Z`

/** The paths of an outline in a box of this size. What is not known is drawn as a rectangle. */
export function pathsOf(outline: Outline, size: Size): readonly DrawnPath[] {
  if (outline.is === 'path') return outline.paths.map((path) => ({ ...path, data: scaled(path, size) }))
  const bend = (number: number, usual: number) => outline.adjusted.get(number === 0 ? 'adj' : `adj${number}`) ?? usual
  const line = lines[outline.name]
  if (line) return [{ data: line(size, bend), isFilled: false, isStroked: true }]
  const draw = known[outline.name] ?? rectangle
  return [{ data: draw(size, bend), isFilled: true, isStroked: true }]
}

/** A path in its own space, stretched to a box. */
function scaled({ data, width, height }: { data: string; width: number; height: number }, size: Size): string {
  const [across, down] = [width > 0 ? size.width / width : 1 / 9525, height > 0 ? size.height / height : 1 / 9525]
  return data.replace(/([MLCQAZ])([^MLCQAZ]*)/g, (_, letter: string, given: string) => {
    const numbers = given.trim().split(/\s+/).filter(Boolean).map(Number)
    if (letter !== 'A') return letter + numbers.map((value, at) => value * (at % 2 === 0 ? across : down)).join(' ')
    const [a = 0, b = 0, turn = 0, isLong = 0, way = 0, x = 0, y = 0] = numbers
    return `A${a * across} ${b * down} ${turn} ${isLong} ${way} ${x * across} ${y * down}`
  })
}
