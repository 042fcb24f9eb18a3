import { scan } from '../xml/scan.ts'
import { readEscapes, textBetween } from '../xml/text.ts'

/** The strings that cells share, in their order. What is read aloud for Asian scripts is not part of them. */
export function readStrings(xml: string): readonly string[] {
  const strings: string[] = []
  let text = ''
  let from = 0
  let isPhonetic = false
  for (const { is, name, start, end } of scan(xml)) {
    if (name === 'rPh') isPhonetic = is === 'open'
    if (name === 'si' && is !== 'open') strings.push(readEscapes(is === 'empty' ? '' : text))
    if (name === 'si') text = ''
    if (name === 't' && is === 'open') from = end
    if (name === 't' && is === 'close' && !isPhonetic) text += textBetween(xml, from, start)
  }
  return strings
}
