import '../word/fonts.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { isEastAsian } from '../../fonts/east-asian-script.ts'
import { own } from './font-list.ts'

/** Characters of one language that are waited for: a sheet shows no more at first. */
const most = 5_000

/** Loads the fonts that a workbook names and this client has: what is drawn before they are there is not drawn again. */
export async function loadFonts(workbook: Workbook): Promise<void> {
  const families = new Set([
    'Arial',
    ...workbook.styles.flatMap(({ font: { name } }) => (name === undefined ? [] : [name.replace(/["\\]/g, '')])),
  ])
  const text = eastAsianText(workbook)
  if (text !== '') {
    const { pageFonts } = await import('../../fonts/page-fonts.ts')
    for (const family of families) await pageFonts.provide(text, family)
  }
  await Promise.all([...families].map((family) => load(family, `a${text}`)))
  // What is chosen for a cell later is drawn at once, too.
  for (const family of own) void load(family, 'a')
}

const load = (family: string, text: string) =>
  Promise.all(
    [`12px "${family}"`, `bold 12px "${family}"`].map((face) => document.fonts.load(face, text).catch(() => [])),
  )

/** What the first cells say in the scripts that need fonts of their own. */
function eastAsianText({ sheets }: Workbook): string {
  let text = ''
  for (const { value } of sheets.flatMap(({ rows }) => rows).flatMap(({ cells }) => cells)) {
    if (typeof value === 'string' && isEastAsian(value)) text += value
    if (text.length > most) break
  }
  return text
}
