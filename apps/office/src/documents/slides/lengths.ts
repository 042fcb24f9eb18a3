import { attributeOf, type XmlElement } from '../package/xml/xml-tree.ts'

const emuPerPixel = 9525

/** A number in an attribute. `undefined`: it is absent, or none. */
export function numberIn(element: XmlElement | undefined, local: string): number | undefined {
  const raw = element && attributeOf(element, local)
  const value = raw === undefined || raw.trim() === '' ? Number.NaN : Number.parseFloat(raw)
  return Number.isFinite(value) ? value : undefined
}

/** A length in pixels, of an attribute in English metric units. */
export function pixelsIn(element: XmlElement | undefined, local: string): number | undefined {
  const value = numberIn(element, local)
  return value === undefined ? undefined : value / emuPerPixel
}

/** A share, of an attribute in thousandths of a percent, or in percent. */
export function shareIn(element: XmlElement | undefined, local: string): number | undefined {
  const value = numberIn(element, local)
  if (value === undefined || !element) return undefined
  return attributeOf(element, local)?.includes('%') ? value / 100 : value / 100_000
}

/** Degrees, of an attribute in sixtieths of a thousandth. */
export const degreesIn = (element: XmlElement | undefined, local: string): number =>
  (numberIn(element, local) ?? 0) / 60_000

/** `undefined`: the attribute is absent. */
export function flagIn(element: XmlElement | undefined, local: string): boolean | undefined {
  const raw = element && attributeOf(element, local)
  return raw === undefined ? undefined : raw === '1' || raw === 'true' || raw === 'on'
}
