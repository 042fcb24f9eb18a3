import { openPackage } from '../package/package.ts'
import { decodeXml } from '../package/xml/xml-text.ts'
import { type TextElements, xmlWords } from './xml-words.ts'

/** Which parts of a format hold what people read, and how. */
interface Format extends TextElements {
  readonly parts: RegExp
}

const set = (...names: string[]) => new Set(names)

const word: Format = {
  parts: /^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\d*\.xml$/,
  text: set('t'),
  lines: set('p'),
}
const sheet: Format = {
  parts: /^xl\/(sharedStrings|worksheets\/[^/]+|comments[^/]*)\.xml$/,
  text: set('t'),
  lines: set('si', 'is', 'comment'),
}
const slides: Format = { parts: /^ppt\/(slides|notesSlides)\/[^/]+\.xml$/, text: set('t'), lines: set('p') }
const openDocument: Format = { parts: /^content\.xml$/, text: set('p', 'h'), lines: set('p', 'h') }

const formats: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(['docx', 'docm', 'dotx'].map((extension) => [extension, word])),
  ...Object.fromEntries(['xlsx', 'xlsm', 'xltx'].map((extension) => [extension, sheet])),
  ...Object.fromEntries(['pptx', 'pptm', 'ppsx', 'potx'].map((extension) => [extension, slides])),
  ...Object.fromEntries(
    ['odt', 'ott', 'ods', 'ots', 'odp', 'otp', 'odg'].map((extension) => [extension, openDocument]),
  ),
}

/** Whether documents with this extension are packages whose text is known where to find. */
export const hasPackageWords = (extension: string): boolean => Object.hasOwn(formats, extension)

/** The text of a package, part by part, up to so many characters. Throws `DocumentError` where it cannot be read. */
export function packageWords(bytes: Uint8Array, extension: string, most: number): string {
  const format = formats[extension]
  if (!format) return ''
  const pkg = openPackage(bytes)
  let words = ''
  for (const name of pkg.names.filter((one) => format.parts.test(one))) {
    if (words.length >= most) break
    words += `${xmlWords(decodeXml(pkg.read(name)).text, format, most - words.length)}\n`
  }
  return words
}
