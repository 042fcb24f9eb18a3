import './styles.css'
import type { DocumentKind } from '../../src/documents/apps.ts'
import type { Opening } from '../../src/opening.ts'
import { isEastAsian } from './fonts/east-asian-script.ts'
import { ownFamily } from './fonts/own-family.ts'
import { watchText } from './fonts/watch-text.ts'
import { createPage, type Page } from './page.ts'
import { strings } from './strings.ts'

type Show = (page: Page) => Promise<void>

/** How each kind of document is shown, loaded when one is opened. */
const documents: Readonly<Record<DocumentKind, () => Promise<Show>>> = {
  text: async () => (await import('./documents/text/show-text.ts')).showText,
  word: async () => (await import('./documents/word/show-word.ts')).showWord,
  outline: async () => (await import('./documents/outline/show-outline.ts')).showOutline,
  sheet: async () => (await import('./documents/sheet/show-sheet.ts')).showSheet,
  image: async () => (await import('./documents/image/image-document.ts')).showImage,
  pdf: async () => (await import('./documents/pdf/pdf-document.ts')).showPdf,
}

/** The office may go away between the page and its scripts. */
async function load({ opening: { kind }, api }: Page): Promise<Show> {
  try {
    return await documents[kind]()
  } catch {
    await api.answers()
    return documents[kind]()
  }
}

const opening: Opening = JSON.parse(document.querySelector('#opening')?.textContent ?? '')
const fonts = async () => (await import('./fonts/page-fonts.ts')).pageFonts
// Words of the bar that are drawn before there is a font for them stay as they are.
if (isEastAsian(strings.actions.edit)) await (await fonts()).provide(strings.actions.edit, ownFamily)
const page = createPage(opening)
watchText(document.body, fonts)
try {
  const show = await load(page)
  await show(page)
} catch (cause) {
  console.error(cause)
  page.fail(strings.notices.failed)
}
