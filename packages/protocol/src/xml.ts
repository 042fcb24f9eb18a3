const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Text as it stands inside a quoted attribute. Throws a `SyntaxError` for characters that XML cannot hold. */
function escapeXml(text: string): string {
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/u.test(text)) throw new SyntaxError('XML cannot hold this text')
  return text.replace(/[&<>"'\t\n\r]/g, (character) => escapes[character] ?? character)
}

/** A tag with the attributes that are not `undefined`: `openTag('app', { name: 'Word' })` is `<app name="Word"`. */
export function openTag(name: string, attributes: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `<${name}${given.map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('')}`
}
