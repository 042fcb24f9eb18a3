const points: Readonly<Record<string, number>> = { pt: 1, px: 0.75, in: 72, cm: 72 / 2.54, mm: 72 / 25.4, pc: 12 }

/** A length such as `2.5cm`, in points. `undefined`: it is none. */
export function readLength(text: string | undefined): number | undefined {
  const [, number, unit = ''] = /^(-?\d*\.?\d+)(pt|px|in|cm|mm|pc)$/.exec(text?.trim() ?? '') ?? []
  const factor = points[unit]
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}

/** Points, as characters of the default font, which are seven pixels wide. */
export const charactersOf = (width: number): number => Math.round((width / 0.75 / 7) * 256) / 256
