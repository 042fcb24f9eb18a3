const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** What XML 1.0 has no way to write. */
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu

/** Text as it is written in content. Characters that XML cannot hold are left out. */
export const escapeText = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>\r]/g, (character) => escapes[character] ?? character)

/** Text as it is written between the quotes of an attribute. */
export const escapeAttribute = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character)
