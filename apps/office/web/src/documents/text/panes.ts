import type { Preview } from '../../../../src/documents/apps.ts'
import { element } from '../../element.ts'
import { icon } from '../../icons.ts'
import { strings } from '../../strings.ts'
import type { SharedText } from './text-and-cursors.ts'

export type Layout = 'text' | 'both' | 'preview' | 'sheet'

/** The text and, where there is one, its preview, one of them or side by side. */
export interface Panes {
  readonly element: HTMLElement
  /** Buttons that choose what is seen. Absent: there is no preview. */
  readonly tools: HTMLElement | undefined
  /** Puts another editor in the place of the present one. */
  show(editor: HTMLElement, shared: SharedText): void
  /** Sees to it that the text itself is seen. */
  revealText(): void
}

const redrawAfter = 150

const renderers: Readonly<Record<Preview, () => Promise<(text: string, into: HTMLElement) => void>>> = {
  markdown: async () => (await import('./markdown-preview.ts')).showMarkdown,
  table: async () => (await import('./table-preview.ts')).showTable,
}

export interface PanesOptions {
  readonly label: string
  readonly first: Layout
  /** Shows a table as a grid to type into; what is returned ends that. */
  readonly openGrid: (into: HTMLElement, shared: SharedText) => Promise<() => void>
}

export function panes(preview: Preview | undefined, { label, first, openGrid }: PanesOptions): Panes {
  const editorPane = element('div', { class: 'pane editor-pane' })
  const previewPane = element('div', {
    class: `pane preview-pane ${preview ?? ''}`,
    role: 'region',
    'aria-label': label,
    tabindex: '0',
  })
  const sheetPane = element('div', { class: 'pane sheet-pane' })
  const shown = [editorPane, preview ? previewPane : undefined, preview === 'table' ? sheetPane : undefined]
  const both = element('div', { class: 'panes' }, ...shown)
  let closeGrid: Promise<() => void> | undefined
  let shared: SharedText | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const redraw = async () => {
    const layout = both.dataset['layout']
    if (!preview || layout === 'text' || layout === 'sheet' || !shared) return
    const render = await renderers[preview]()
    render(shared.text.toString(), previewPane)
  }
  const redrawSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(redraw, redrawAfter)
  }
  const regrid = () => {
    void closeGrid?.then((close) => close())
    closeGrid = both.dataset['layout'] === 'sheet' && shared ? openGrid(sheetPane, shared) : undefined
    closeGrid?.catch((cause) => {
      console.error(cause)
      choose('text')
    })
  }
  const choose = (layout: Layout) => {
    both.dataset['layout'] = layout
    regrid()
    void redraw()
  }
  both.dataset['layout'] = preview ? first : 'text'
  const layouts: readonly Layout[] =
    preview === 'table' ? ['sheet', 'text', 'both', 'preview'] : ['text', 'both', 'preview']
  const tools = preview && layoutButtons(layouts, first, choose)
  return {
    element: both,
    tools,
    show(editor, next) {
      shared?.text.unobserve(redrawSoon)
      shared = next
      next.text.observe(redrawSoon)
      editorPane.replaceChildren(editor)
      regrid()
      void redraw()
    },
    revealText() {
      const button = tools?.querySelector<HTMLElement>('.segment-text')
      const layout = both.dataset['layout']
      if (layout === 'preview' || layout === 'sheet') button?.click()
    },
  }
}

function layoutButtons(layouts: readonly Layout[], first: Layout, choose: (layout: Layout) => void): HTMLElement {
  const labels: Readonly<Record<Layout, string>> = {
    text: strings.actions.source,
    both: strings.actions.both,
    preview: strings.actions.preview,
    sheet: strings.actions.sheet,
  }
  const buttons = layouts.map((layout) => {
    const button = element(
      'button',
      {
        type: 'button',
        class: `segment segment-${layout}`,
        'aria-pressed': String(layout === first),
        'aria-label': labels[layout],
        title: labels[layout],
      },
      icon(layout),
    )
    button.addEventListener('click', () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button))
      choose(layout)
    })
    return button
  })
  return element('div', { class: 'segments', role: 'group' }, ...buttons)
}
