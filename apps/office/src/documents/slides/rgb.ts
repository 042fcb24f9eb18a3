/** A colour: three parts from 0 to 255, and how much of it covers what is below, from 0 to 1. */
export interface Rgb {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

export interface Hsl {
  /** In degrees. */
  readonly hue: number
  readonly saturation: number
  readonly light: number
}

const names: Readonly<Record<string, readonly [number, number, number]>> = {
  black: [0, 0, 0],
  white: [255, 255, 255],
  red: [255, 0, 0],
  green: [0, 128, 0],
  lime: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  cyan: [0, 255, 255],
  magenta: [255, 0, 255],
  gray: [128, 128, 128],
  silver: [192, 192, 192],
  orange: [255, 165, 0],
  purple: [128, 0, 128],
  maroon: [128, 0, 0],
  navy: [0, 0, 128],
  teal: [0, 128, 128],
  olive: [128, 128, 0],
}

/** One of the colours that have a name; grey where it is not known. */
export function named(name: string): Rgb {
  const [red, green, blue] = names[name.toLowerCase()] ?? [128, 128, 128]
  return { red, green, blue, alpha: 1 }
}

const within = (value: number, most: number): number => Math.min(most, Math.max(0, value))

/** As style sheets spell it. */
export function spelt({ red, green, blue, alpha }: Rgb): string {
  const [r, g, b] = [red, green, blue].map((part) => Math.round(within(part, 255)))
  return alpha >= 1 ? `rgb(${r} ${g} ${b})` : `rgb(${r} ${g} ${b} / ${Math.round(within(alpha, 1) * 1000) / 1000})`
}

/** A colour after one of the changes that presentations make to colours. */
export function changed(color: Rgb, { is, by }: { readonly is: string; readonly by: number }): Rgb {
  if (is === 'alpha') return { ...color, alpha: by }
  if (is === 'alphaModFix' || is === 'alphaMod') return { ...color, alpha: color.alpha * by }
  // Lighter is nearer to white, darker nearer to black.
  if (is === 'tint') return each(color, (part) => 255 - (255 - part) * by)
  if (is === 'shade') return each(color, (part) => part * by)
  if (is === 'inv') return each(color, (part) => 255 - part)
  const hsl = toHsl(color)
  const made = changedHsl(hsl, is, by)
  return made === hsl ? color : { ...fromHsl(made), alpha: color.alpha }
}

function changedHsl(hsl: Hsl, is: string, by: number): Hsl {
  if (is === 'lumMod') return { ...hsl, light: within(hsl.light * by, 1) }
  if (is === 'lumOff') return { ...hsl, light: within(hsl.light + by, 1) }
  if (is === 'satMod') return { ...hsl, saturation: within(hsl.saturation * by, 1) }
  if (is === 'satOff') return { ...hsl, saturation: within(hsl.saturation + by, 1) }
  if (is === 'gray') return { ...hsl, saturation: 0 }
  if (is === 'comp') return { ...hsl, hue: (hsl.hue + 180) % 360 }
  return hsl
}

const each = ({ red, green, blue, alpha }: Rgb, change: (part: number) => number): Rgb => ({
  red: change(red),
  green: change(green),
  blue: change(blue),
  alpha,
})

function toHsl({ red, green, blue }: Rgb): Hsl {
  const [r, g, b] = [red / 255, green / 255, blue / 255] as const
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)]
  const [light, range] = [(most + least) / 2, most - least]
  if (range === 0) return { hue: 0, saturation: 0, light }
  const turn = most === r ? (g - b) / range + (g < b ? 6 : 0) : most === g ? (b - r) / range + 2 : (r - g) / range + 4
  return { hue: turn * 60, saturation: range / (1 - Math.abs(2 * light - 1)), light }
}

/** A colour from its place in the circle of colours. */
export function fromHsl({ hue, saturation, light }: Hsl): Rgb {
  const reach = saturation * Math.min(light, 1 - light)
  const part = (shift: number) => {
    const turn = (shift + hue / 30) % 12
    return 255 * (light - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1)))
  }
  return { red: part(0), green: part(8), blue: part(4), alpha: 1 }
}
