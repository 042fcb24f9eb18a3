import { childOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { degreesIn, flagIn, pixelsIn } from './lengths.ts'
import type { Box, Group } from './slide.ts'

/** Where an element of properties puts a shape. `undefined`: it does not say. */
export function boxIn(properties: XmlElement | undefined): Box | undefined {
  const transform = properties && (properties.local === 'xfrm' ? properties : childOf(properties, 'xfrm'))
  const place = transform && placeIn(transform, 'off', 'ext')
  if (!transform || !place) return undefined
  return {
    ...place,
    rotation: degreesIn(transform, 'rot'),
    isFlippedAcross: flagIn(transform, 'flipH') ?? false,
    isFlippedDown: flagIn(transform, 'flipV') ?? false,
  }
}

/** The space in which the shapes of a group are placed. */
export function spaceIn(properties: XmlElement | undefined): Group['space'] | undefined {
  const transform = properties && childOf(properties, 'xfrm')
  return transform && placeIn(transform, 'chOff', 'chExt')
}

function placeIn(transform: XmlElement, offset: string, extent: string): Group['space'] | undefined {
  const [from, size] = [childOf(transform, offset), childOf(transform, extent)]
  const [x, y, width, height] = [pixelsIn(from, 'x'), pixelsIn(from, 'y'), pixelsIn(size, 'cx'), pixelsIn(size, 'cy')]
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined
  return { x, y, width: Math.max(0, width), height: Math.max(0, height) }
}
