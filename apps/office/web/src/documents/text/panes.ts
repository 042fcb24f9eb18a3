import type { Preview } from '../../../../src/documents/apps.ts'
import { element } from '../../element.ts'
import { icon } from '../../icons.ts'
import { strings } from '../../strings.ts'
import type { SharedText } from './shared-text.ts'

type Layout = 'text' | 'both' | 'preview'

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

export function panes(preview: Preview | undefined, { label, first }: { label: string; first: Layout }): Panes {
  const editorPane = element('div', { class: 'pane editor-pane' })
  const previewPane = element('div', {
    class: `pane preview-pane ${preview ?? ''}`,
    role: 'region',
    'aria-label': label,
    tabindex: '0',
  })
  const both = element('div', { class: 'panes' }, editorPane, preview ? previewPane : undefined)
  let shared: SharedText | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const redraw = async () => {
    if (!preview || both.dataset['layout'] === 'text' || !shared) return
    const render = await renderers[preview]()
    render(shared.text.toString(), previewPane)
  }
  const redrawSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(redraw, redrawAfter)
  }
  const choose = (layout: Layout) => {
    both.dataset['layout'] = layout
    void redraw()
  }
  both.dataset['layout'] = preview ? first : 'text'
  const tools = preview && layoutButtons(first, choose)
  return {
    element: both,
    tools,
    show(editor, next) {
      shared?.text.unobserve(redrawSoon)
      shared = next
      next.text.observe(redrawSoon)
      editorPane.replaceChildren(editor)
      void redraw()
    },
    revealText() {
      const button = tools?.querySelector<HTMLElement>('.segment-text')
      if (both.dataset['layout'] === 'preview') button?.click()
    },
  }
}

function layoutButtons(first: Layout, choose: (layout: Layout) => void): HTMLElement {
  const labels: Readonly<Record<Layout, string>> = {
    text: strings.actions.source,
    both: strings.actions.both,
    preview: strings.actions.preview,
  }
  const layouts: readonly Layout[] = ['text', 'both', 'preview']
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
