import { attributesOf } from '../xml/attributes.ts'
import { scan } from '../xml/scan.ts'

/** How a file's colours look. */
export interface Colors {
  /** `RRGGBB`. `undefined`: whatever is usual there. */
  colorOf(attributes: Readonly<Record<string, string>>): string | undefined
}

const usualTheme = 'FFFFFF 000000 EEECE1 1F497D 4F81BD C0504D 9BBB59 8064A2 4BACC6 F79646 0000FF 800080'.split(' ')

/** The palette of 1997, which numbers refer to. */
const indexed =
  `000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333`.split(
    /\s+/,
  )

/** In the theme light comes before dark, in references dark before light. */
const themeNames = [
  'lt1',
  'dk1',
  'lt2',
  'dk2',
  'accent1',
  'accent2',
  'accent3',
  'accent4',
  'accent5',
  'accent6',
  'hlink',
  'folHlink',
]

/** Colours under a theme. `undefined`: the file has none. */
export function colorsOf(themeXml: string | undefined): Colors {
  const theme = themeXml === undefined ? usualTheme : readTheme(themeXml)
  return {
    colorOf({ rgb, theme: number, indexed: index, tint }) {
      const plain =
        rgb !== undefined
          ? rgb.slice(-6)
          : number !== undefined
            ? theme[Number(number)]
            : index && indexed[Number(index)]
      const isColor = plain !== undefined && /^[\dA-F]{6}$/i.test(plain)
      return isColor ? tinted(plain, Number(tint ?? 0)) : undefined
    },
  }
}

function readTheme(xml: string): readonly string[] {
  const found = new Map<string, string>()
  let current = ''
  for (const tag of scan(xml)) {
    if (tag.is === 'open' && themeNames.includes(tag.name)) current = tag.name
    if (tag.name === 'clrScheme' && tag.is === 'close') break
    if (tag.name !== 'srgbClr' && tag.name !== 'sysClr') continue
    const { val, lastClr } = attributesOf(tag)
    const color = lastClr ?? val
    if (color && !found.has(current)) found.set(current, color)
  }
  return themeNames.map((name, index) => found.get(name) ?? usualTheme[index] ?? '000000')
}

/** Towards white where the tint is positive, towards black where it is negative. */
function tinted(color: string, tint: number): string {
  if (!tint) return color.toUpperCase()
  const parts = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  const mixed = parts.map((part) => Math.round(tint < 0 ? part * (1 + tint) : part + (255 - part) * tint))
  return mixed
    .map((part) => Math.max(0, Math.min(255, part)).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}
