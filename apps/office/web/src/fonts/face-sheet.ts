/** A font as a style sheet brings it. */
export interface Face {
  readonly family: string
  readonly source: string
  readonly weight: string
  readonly style: string
  /** The characters that it is for. Absent: all. */
  readonly characters?: string
}

/** A style sheet of fonts alone. */
export interface FaceSheet {
  add(face: Face): void
}

/** What is drawn already is drawn anew in the fonts of a style sheet, and not in those that a script adds by themselves. */
export function faceSheet(): FaceSheet {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets.push(sheet)
  return {
    add({ family, source, weight, style, characters }) {
      const range = characters === undefined ? '' : `unicode-range: ${characters};`
      const looks = `font-weight: ${weight}; font-style: ${style}; font-display: swap;`
      sheet.insertRule(`@font-face { font-family: ${quoted(family)}; src: ${source}; ${looks} ${range} }`)
    },
  }
}

/** A name as style sheets spell it. */
export const quoted = (name: string): string => `"${name.replace(/[\\"\n\r\f]/g, '')}"`
