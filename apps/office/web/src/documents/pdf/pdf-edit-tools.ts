import { actionButton } from '../../bar.ts'
import { element } from '../../element.ts'
import { locale } from '../../locale.ts'
import { strings } from '../../strings.ts'
import type { PdfEditor } from './pdf-editor.ts'

/** What is put on pages: notes, stamps, and a pen for text. */
export function pdfEditTools(editor: PdfEditor, { author, select }: { author: string; select(): void }): HTMLElement {
  const { pdf } = strings
  const today = new Date().toLocaleDateString(locale)
  const texts = [...Object.values(pdf.stamps), pdf.signed(author || strings.labels.someone, today)]
  const stamps = element(
    'select',
    { class: 'stamps', 'aria-label': pdf.stamp, title: pdf.stamp },
    ...texts.map((text) => element('option', { value: text }, text)),
  )
  const highlight = actionButton({
    icon: 'highlight',
    label: pdf.highlight,
    run: () => {
      if (!editor.highlight()) select()
    },
  })
  // The button must not take the selection away.
  highlight.addEventListener('pointerdown', (event) => event.preventDefault())
  return element(
    'div',
    { class: 'tool-group', role: 'toolbar', 'aria-label': pdf.tools },
    actionButton({ icon: 'note', label: pdf.addNote, run: () => editor.addText('note', '') }),
    highlight,
    stamps,
    actionButton({ icon: 'stamp', label: pdf.addStamp, run: () => editor.addText('stamp', stamps.value) }),
  )
}
