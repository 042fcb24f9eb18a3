/**
 * A text of somebody else's making as it can be shown: without characters that do something rather than show something,
 * or that turn around what stands beside it, and no longer than `most` characters.
 */
export function readable(text: string, most: number): string {
  const clean = text
    .replace(/\p{Cs}/gu, '�')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  const characters = [...clean.slice(0, most * 4)]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : clean
}
