import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The text of a PDF, page by page, up to so many characters. Throws where it is damaged or has a password. */
export async function pdfWords(bytes: Uint8Array, most: number): Promise<string> {
  const loading = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  try {
    const pdf = await loading.promise
    let words = ''
    for (let page = 1; page <= pdf.numPages && words.length < most; page++) {
      const { items } = await (await pdf.getPage(page)).getTextContent()
      words += `${items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')}\n`
    }
    return words.slice(0, most)
  } finally {
    await loading.destroy()
  }
}
