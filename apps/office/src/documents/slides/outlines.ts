import { attributeOf, childOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { flagIn, numberIn } from './lengths.ts'
import type { Outline, Path } from './slide.ts'

/** The outline that properties give a shape. `undefined`: they give none. */
export function outlineIn(properties: XmlElement | undefined): Outline | undefined {
  const known = properties && childOf(properties, 'prstGeom')
  if (known) return { is: 'known', name: attributeOf(known, 'prst') ?? 'rect', adjusted: adjusted(known) }
  const custom = properties && childOf(properties, 'custGeom')
  const list = custom && childOf(custom, 'pathLst')
  return list && { is: 'path', paths: elementsOf(list).map(pathOf) }
}

/** What bends a well-known outline, by name, as a share of its shorter side. */
function adjusted(known: XmlElement): ReadonlyMap<string, number> {
  const list = childOf(known, 'avLst')
  return new Map(
    (list ? elementsOf(list) : []).flatMap((guide): [string, number][] => {
      const value = Number(/^val (-?\d+)$/.exec(attributeOf(guide, 'fmla') ?? '')?.[1] ?? Number.NaN)
      return Number.isFinite(value) ? [[attributeOf(guide, 'name') ?? '', value / 100_000]] : []
    }),
  )
}

function pathOf(path: XmlElement): Path {
  return {
    data: drawn(elementsOf(path)),
    width: numberIn(path, 'w') ?? 0,
    height: numberIn(path, 'h') ?? 0,
    isFilled: attributeOf(path, 'fill') !== 'none',
    isStroked: flagIn(path, 'stroke') ?? true,
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

const letters: Readonly<Record<string, string>> = { moveTo: 'M', lnTo: 'L', cubicBezTo: 'C', quadBezTo: 'Q' }

function drawn(steps: readonly XmlElement[]): string {
  let at: Point = { x: 0, y: 0 }
  return steps
    .map((step) => {
      if (step.local === 'close') return 'Z'
      if (step.local === 'arcTo') {
        const arc = arcOf(step, at)
        at = arc.end
        return arc.data
      }
      const points = elementsOf(step).map((point) => ({ x: numberIn(point, 'x') ?? 0, y: numberIn(point, 'y') ?? 0 }))
      at = points.at(-1) ?? at
      return `${letters[step.local] ?? 'M'}${points.map(({ x, y }) => `${x} ${y}`).join(' ')}`
    })
    .join('')
}

/** A piece of an ellipse, by its radii and angles. */
function arcOf(step: XmlElement, from: Point): { readonly data: string; readonly end: Point } {
  const [width, height, start, sweep] = ['wR', 'hR', 'stAng', 'swAng'].map((local) => numberIn(step, local) ?? 0)
  const [a = 0, b = 0] = [width, height]
  const radians = (angle = 0) => (angle / 60_000 / 180) * Math.PI
  const [first, last] = [radians(start), radians((start ?? 0) + (sweep ?? 0))]
  const end = {
    x: from.x + a * (Math.cos(last) - Math.cos(first)),
    y: from.y + b * (Math.sin(last) - Math.sin(first)),
  }
  const isLong = Math.abs(sweep ?? 0) > 180 * 60_000 ? 1 : 0
  return { data: `A${a} ${b} 0 ${isLong} ${(sweep ?? 0) > 0 ? 1 : 0} ${end.x} ${end.y}`, end }
}
