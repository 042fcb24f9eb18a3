import { attributeOf, childOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'

/** Colours, fonts and ready-made looks that the slides of a presentation refer to. */
export interface Theme {
  /** `accent1` and its like, as elements that say a colour. */
  readonly colors: ReadonlyMap<string, XmlElement>
  readonly headingFonts: readonly string[]
  readonly bodyFonts: readonly string[]
  readonly fills: readonly XmlElement[]
  readonly backgrounds: readonly XmlElement[]
  readonly lines: readonly XmlElement[]
}

export const noTheme: Theme = {
  colors: new Map(),
  headingFonts: [],
  bodyFonts: [],
  fills: [],
  backgrounds: [],
  lines: [],
}

/** Reads the root of a theme's part. */
export function readTheme(root: XmlElement): Theme {
  const elements = childOf(root, 'themeElements')
  const at = (parent: XmlElement | undefined, local: string) => parent && childOf(parent, local)
  const [colors, fonts, formats] = ['clrScheme', 'fontScheme', 'fmtScheme'].map((local) => at(elements, local))
  const listed = (local: string) => {
    const list = at(formats, local)
    return list ? elementsOf(list) : []
  }
  return {
    colors: new Map((colors ? elementsOf(colors) : []).map((color) => [color.local, color])),
    headingFonts: fontsIn(at(fonts, 'majorFont')),
    bodyFonts: fontsIn(at(fonts, 'minorFont')),
    fills: listed('fillStyleLst'),
    backgrounds: listed('bgFillStyleLst'),
    lines: listed('lnStyleLst'),
  }
}

const fontsIn = (fonts: XmlElement | undefined): readonly string[] =>
  (fonts ? elementsOf(fonts) : [])
    .filter(({ local }) => local === 'latin' || local === 'ea')
    .map((font) => attributeOf(font, 'typeface') ?? '')
    .filter((name) => name !== '')
