import { type EastAsian, eastAsianOf, isEastAsian, isKorean } from './east-asian-script.ts'
import { type Face, faceSheet, quoted } from './face-sheet.ts'
import { ownFamily } from './own-family.ts'
import { type CharacterRange, within } from './ranges-within.ts'

/** A file of a font, and the characters that it is for. It is loaded where one of them is shown. */
interface Subset {
  readonly source: string
  readonly characters: string
}

const sheets: Readonly<Record<EastAsian, { readonly family: string; readonly load: () => Promise<unknown> }>> = {
  sc: { family: 'Noto Sans SC Variable', load: () => import('@fontsource-variable/noto-sans-sc/wght.css') },
  tc: { family: 'Noto Sans TC Variable', load: () => import('@fontsource-variable/noto-sans-tc/wght.css') },
  jp: { family: 'Noto Sans JP Variable', load: () => import('@fontsource-variable/noto-sans-jp/wght.css') },
  kr: { family: 'Noto Sans KR Variable', load: () => import('@fontsource-variable/noto-sans-kr/wght.css') },
}

/** Letters of Korean, without the Chinese characters that fonts for Korean have too. */
const hangul: readonly CharacterRange[] = [
  [0x1100, 0x11ff],
  [0x3131, 0x318e],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
]
/** Everything that these fonts are for: other letters keep the font that a document asks for. */
const eastAsian: readonly CharacterRange[] = [
  [0x1100, 0x11ff],
  [0x2e80, 0x9fff],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff00, 0xffef],
  [0x20000, 0x3ffff],
]

/** Free fonts for Chinese, Japanese and Korean, under the names of the fonts that a document asks for. */
export interface EastAsianFonts {
  /** Loads what it takes to show `text` in a family; `tag`: its language, where that is known. */
  provide(text: string, family: string, tag?: string): Promise<void>
}

/** How heavy and how slanted a font is. Files of one family go together where they are alike in this. */
type Cut = Pick<Face, 'weight' | 'style'>

/** The fonts of this page. A document is taken to be in one language: its characters are drawn in the way of that one. */
export function eastAsianFonts(fonts: FontFaceSet = document.fonts): EastAsianFonts {
  const sheet = faceSheet()
  const given = new Set<string>()
  const cuts = new Map<string, readonly Cut[]>()
  let main: EastAsian = 'sc'
  let longest = 0

  /** The cuts that a family has here; one of this machine keeps its own letters. */
  function cutsOf(family: string): readonly Cut[] {
    const known = cuts.get(family)
    if (known) return known
    const own = [...fonts].filter((face) => face.family.replace(/^["']|["']$/g, '') === family)
    const made = own.length > 0 ? distinct(own) : usual
    if (own.length === 0 && family !== ownFamily) for (const cut of usual) sheet.add(ofThisMachine(family, cut))
    cuts.set(family, made)
    return made
  }

  async function give(language: EastAsian, family: string, only: readonly CharacterRange[]): Promise<void> {
    const key = `${language} ${family}`
    if (given.has(key)) return
    given.add(key)
    for (const { source, characters } of await subsetsOf(language)) {
      const unicodeRange = within(characters, only)
      if (unicodeRange === '') continue
      for (const { weight, style } of cutsOf(family))
        sheet.add({ family, source, weight, style, characters: unicodeRange })
    }
  }

  return {
    async provide(text, family, tag) {
      if (!isEastAsian(text)) return
      // A name or a heading says less about the language than what stands below it.
      if (text.length > longest) {
        main = eastAsianOf(text, tag) ?? 'sc'
        longest = text.length
      }
      await give(main, family, eastAsian)
      if (main !== 'kr' && isKorean(text)) await give('kr', family, hangul)
      const needed = cutsOf(family).map(({ weight, style }) => `${style} ${weight} 16px ${quoted(family)}`)
      // What has been drawn already does not ask for them by itself. A family that this machine does not have cannot be
      // loaded, and what would be drawn in it is drawn in the fonts that were given.
      await Promise.all(needed.map((font) => fonts.load(font, text).catch(() => [])))
    },
  }
}

const usual: readonly Cut[] = [
  { weight: '400', style: 'normal' },
  { weight: '700', style: 'normal' },
]

const distinct = (faces: readonly Cut[]): readonly Cut[] => [
  ...new Map(faces.map(({ weight, style }) => [`${weight} ${style}`, { weight, style }])).values(),
]

const ofThisMachine = (family: string, cut: Cut): Face => {
  const names = cut.weight === '700' ? [`${family} Bold`, family] : [family]
  return { ...cut, family, source: names.map((name) => `local(${quoted(name)})`).join(', ') }
}

/** The files of a font, as its style sheet lists them. */
async function subsetsOf(language: EastAsian): Promise<readonly Subset[]> {
  const { family, load } = sheets[language]
  await load()
  return [...document.styleSheets].flatMap((sheet) =>
    rulesOf(sheet).flatMap((rule): Subset[] => {
      if (!(rule instanceof CSSFontFaceRule) || !rule.style.getPropertyValue('font-family').includes(family)) return []
      const base = sheet.href ?? location.href
      const source = rule.style
        .getPropertyValue('src')
        .replace(/url\("?([^")]*)"?\)/g, (_, address: string) => `url("${new URL(address, base).href}")`)
      return [{ source, characters: rule.style.getPropertyValue('unicode-range') }]
    }),
  )
}

/** A sheet of another origin, such as an extension's, does not show its rules. */
function rulesOf(sheet: CSSStyleSheet): readonly CSSRule[] {
  try {
    return [...sheet.cssRules]
  } catch {
    return []
  }
}
