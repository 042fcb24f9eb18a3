import type * as Y from 'yjs'
import type { OpenedDocument, Person } from '../../../../src/session-messages.ts'
import { download } from '../../download.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import type { SharedDocument } from '../open/connection.ts'
import type { DocumentView } from '../open/document-view.ts'
import { offerLeftover } from '../open/offer-leftover.ts'
import { offerApart } from '../open/offers.ts'
import type { OpenDocument } from '../open/open-document.ts'
import { type TextEditor, textEditor } from './editor.ts'
import { type Layout, type Panes, panes } from './panes.ts'
import { printedText } from './printed-text.ts'
import { type RemoteCursors, remoteCursors } from './remote-cursors.ts'
import { replaceDifference } from './replace-difference.ts'
import { rescueActions } from './rescue.ts'
import type { SharedText } from './text-and-cursors.ts'
import { textZoom } from './text-zoom.ts'

/** The name of the text in the shared document, as the office has it. */
const textName = 'text'

/** The most characters of a table that is shown as a grid. */
const longestGrid = 4 * 1024 * 1024

/** A text in this page. */
export class TextView implements DocumentView {
  readonly #page: Page
  readonly #open: OpenDocument
  readonly #panes: Panes
  #text: Y.Text | undefined
  #editor: TextEditor | undefined
  #cursors: RemoteCursors | undefined
  #isReadOnly = false
  /** What the office and this page had in common when they lost touch. `undefined`: they have not, or it is not known. */
  #common: string | undefined
  /** The text that was here before the document began anew, and what of it the office had. */
  #before: { readonly mine: string; readonly common: string | undefined } | undefined

  constructor(page: Page, open: OpenDocument) {
    this.#page = page
    this.#open = open
    const { preview, action } = page.opening
    const first: Layout = action === 'view' ? 'preview' : preview === 'table' ? 'sheet' : 'text'
    this.#panes = panes(preview, {
      label: strings.labels.preview(page.fileName),
      first,
      openGrid: (into, shared) => this.#openGrid(into, shared),
    })
    page.stage.replaceChildren(this.#panes.element)
    if (this.#panes.tools) page.bar.addTools(this.#panes.tools)
    page.bar.addTools(textZoom(this.#panes.element, () => this.#editor?.measure()))
    page.offerPrint(() => printedText(this.#panes.element, this.text))
    if (page.opening.can.download) {
      page.bar.add({ icon: 'download', label: strings.actions.download, run: () => void this.#download() })
    }
    page.bar.add({ icon: 'find', label: strings.actions.find, run: () => this.#find() })
  }

  /** The text as it is here. */
  get text(): string {
    return this.#text?.toString() ?? ''
  }

  focus(): void {
    this.#editor?.focus()
  }

  blur(): void {
    this.#editor?.blur()
  }

  setReadOnly(isReadOnly: boolean): void {
    if (isReadOnly !== this.#isReadOnly) this.#editor?.setReadOnly(isReadOnly)
    this.#isReadOnly = isReadOnly
  }

  setPeople(people: readonly Person[]): void {
    this.#cursors?.setPeople(people)
  }

  rescue(): readonly NoticeAction[] {
    return rescueActions(this.#page, () => this.text)
  }

  lostTouch({ hasUnsynced }: SharedDocument): void {
    this.#common = hasUnsynced ? undefined : this.text
  }

  mayDiffer({ hasUnsynced }: SharedDocument): boolean {
    this.#before = { mine: this.text, common: this.#common }
    return this.#common === undefined ? hasUnsynced : this.#common !== this.text
  }

  bringAlong(): void {
    const { mine, common } = this.#before ?? { mine: this.text, common: undefined }
    const now = this.text
    if (mine === now) return
    if (common === now && !this.#open.isReadOnly && this.#text) replaceDifference(this.#text, mine)
    else
      offerApart(
        this.#page,
        rescueActions(this.#page, () => mine),
      )
  }

  offerLeftover({ leftoverAt = 0 }: OpenedDocument): void {
    void offerLeftover(this.#page, leftoverAt, (words) => rescueActions(this.#page, () => words))
  }

  show({ document, awareness }: SharedDocument, isReadOnly: boolean): void {
    const shared: SharedText = { text: document.getText(textName), awareness }
    this.#text = shared.text
    this.#common = undefined
    this.#isReadOnly = isReadOnly
    const hadFocus = this.#editor?.element.contains(globalThis.document.activeElement) ?? true
    this.#editor?.destroy()
    this.#cursors = remoteCursors(shared)
    this.#editor = textEditor(shared, {
      fileName: this.#page.fileName,
      label: strings.labels.text(this.#page.fileName),
      isReadOnly,
      isProse: this.#page.opening.icon === 'text' || this.#page.opening.icon === 'markdown',
      extensions: this.#cursors.extension,
      save: () => this.#open.save(),
    })
    this.#panes.show(this.#editor.element, shared)
    shared.text.observe((_event, { local }) => {
      if (local) this.#open.edited()
    })
    if (hadFocus && !isReadOnly) this.#editor.focus()
  }

  async #openGrid(into: HTMLElement, shared: SharedText): Promise<() => void> {
    const { csvGrid } = await import('../sheet/csv-grid.ts')
    if (shared.text.length > longestGrid) {
      this.#panes.revealText()
      this.#page.notices.show({ kind: 'grid', text: strings.sheet.tooLarge, isDismissible: true })
      return () => {}
    }
    return csvGrid(into, shared, {
      fileName: this.#page.fileName,
      isReadOnly: () => this.#isReadOnly,
      refused: () => this.#page.notices.show({ kind: 'refused', text: strings.sheet.contentOnly, isDismissible: true }),
    })
  }

  #find(): void {
    this.#panes.revealText()
    this.#editor?.find()
  }

  /** The file as it is stored where that is what is seen; else the text as it is here. */
  async #download(): Promise<void> {
    const stored = this.#open.isStored ? await this.#page.api.contentNow().catch(() => undefined) : undefined
    download(this.#page.fileName, stored ?? this.text, 'text/plain;charset=utf-8')
  }
}
