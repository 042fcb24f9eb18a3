import type * as Y from 'yjs'
import { append, appendedIn, onAppended, withAppended } from '../../../../src/documents/pdf/appended.ts'
import type { OpenedDocument } from '../../../../src/session-messages.ts'
import { download } from '../../download.ts'
import { element } from '../../element.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import type { SharedDocument } from '../open/connection.ts'
import type { DocumentView } from '../open/document-view.ts'
import { hasAll } from '../open/has-all.ts'
import { offerLeftover, wordsAction } from '../open/offer-leftover.ts'
import { offerApart } from '../open/offers.ts'
import type { OpenDocument } from '../open/open-document.ts'
import { loadPdf } from './load-pdf.ts'
import { offerFind } from './offer-find.ts'
import { pdfEditTools } from './pdf-edit-tools.ts'
import { openPdfEditor, type PdfEditor } from './pdf-editor.ts'
import { pdfTools } from './pdf-tools.ts'
import { printedPages } from './printed-pages.ts'

/** How long after a change it is brought to the office, in milliseconds. */
const shareAfter = 600

/** A PDF in this page that is filled in and written on. */
export class PdfEditView implements DocumentView {
  readonly #page: Page
  readonly #open: OpenDocument
  readonly #tools = element('div', { class: 'pdf-tools' })
  #shared: SharedDocument | undefined
  #editor: PdfEditor | undefined
  /** How many bytes are the file's own. */
  #length = 0
  #isReadOnly = true
  #isBehind = false
  #isSharing = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** One thing after the other: loading and saving. */
  #turn: Promise<void> = Promise.resolve()
  #stopFollowing: () => void = () => {}
  /** Puts pages where they are seen. */
  #put: ((pages: HTMLElement) => void) | undefined
  /** What was here before the document began anew. */
  #before: { readonly file: Promise<Uint8Array>; readonly document: Y.Doc; readonly isShared: boolean } | undefined

  constructor(page: Page, open: OpenDocument) {
    this.#page = page
    this.#open = open
    page.bar.addTools(this.#tools)
    page.offerPrint(() => this.#printed())
    if (page.opening.can.download) {
      page.bar.add({ icon: 'download', label: strings.actions.download, run: () => void this.#download() })
    }
    page.stage.addEventListener('keydown', (event) => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      open.save()
    })
  }

  /** Whether something that is seen here has not been given to the office. */
  get isBehind(): boolean {
    return this.#isBehind || this.#isSharing
  }

  async show(shared: SharedDocument, isReadOnly: boolean): Promise<void> {
    this.#stopFollowing()
    this.#shared = shared
    this.#isReadOnly = isReadOnly
    clearTimeout(this.#timer)
    this.#isBehind = false
    this.#stopFollowing = onAppended(shared.document, () => void this.#take(() => this.#load()))
    await this.#take(() => this.#load())
  }

  #take(run: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(run).catch((cause) => this.#failed(cause))
    return this.#turn
  }

  /** Shows the document as it is with the office. */
  async #load(): Promise<void> {
    const appended = this.#shared && appendedIn(this.#shared.document)
    const base = await this.#page.api.base()
    this.#length = appended?.at ?? base.length
    const editor = await openPdfEditor(withAppended(base, appended), {
      isReadOnly: this.#isReadOnly,
      author: this.#page.opening.userName ?? '',
      changed: () => this.#changed(),
    }).catch((cause) => {
      console.error(cause)
      this.#page.fail(strings.notices.noPdf)
    })
    if (!editor) return
    const before = this.#editor
    const place = before?.view.place
    this.#editor = editor
    this.#put ??= offerFind(this.#page, () => this.#editor?.search)
    this.#put(editor.view.element)
    // It may have something to write yet that is missing in the document that is shown now.
    await this.#before?.file.catch(() => {})
    before?.destroy()
    if (place) editor.view.returnTo(place)
    else editor.view.fitWidth()
    this.setReadOnly(this.#isReadOnly)
  }

  /** The pages with everything that is written on them. */
  async #printed(): Promise<Node> {
    const bytes = await this.#editor?.bytes()
    return bytes ? printedPages(await loadPdf(bytes.slice())) : document.createDocumentFragment()
  }

  #showTools(editor: PdfEditor): void {
    const select = () => this.#page.notices.show({ kind: 'select', text: strings.pdf.selectFirst, isDismissible: true })
    const author = this.#page.opening.userName ?? ''
    const changing = this.#isReadOnly ? [] : [pdfEditTools(editor, { author, select })]
    this.#tools.replaceChildren(...changing, pdfTools(editor.view))
  }

  #changed(): void {
    if (this.#isReadOnly) return
    this.#isBehind = true
    this.#open.edited()
    this.#open.tell()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), shareAfter)
  }

  /** Brings all changes to the office. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    return this.#take(() => this.#share())
  }

  async #share(): Promise<void> {
    if (!this.#isBehind || !this.#editor || !this.#shared) return
    this.#isBehind = false
    this.#isSharing = true
    try {
      const bytes = (await this.#editor.bytes()).slice(this.#length)
      append(this.#shared.document, { at: this.#length, bytes, words: this.#editor.words() })
      this.#page.notices.hide('unkept')
    } catch (cause) {
      this.#isBehind = true
      throw cause
    } finally {
      this.#isSharing = false
      this.#open.tell()
    }
  }

  #failed(cause: unknown): void {
    console.error(cause)
    const text = strings.pdf.unkept
    this.#page.notices.show({ kind: 'unkept', text, tone: 'warning', actions: this.rescue() })
  }

  setReadOnly(isReadOnly: boolean): void {
    this.#isReadOnly = isReadOnly
    const editor = this.#editor
    if (!editor) return
    // Fields of a document that was opened to be read are part of the drawing.
    if (!isReadOnly && !editor.isOpenToChanges) void this.#take(() => this.#load())
    editor.setReadOnly(isReadOnly)
    this.#showTools(editor)
  }

  setPeople(): void {}

  focus(): void {
    this.#editor?.view.element.focus()
  }

  blur(): void {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }

  rescue(): readonly NoticeAction[] {
    return [
      { label: strings.actions.download, run: () => void this.#download() },
      this.#asWords(() => this.#editor?.words() ?? ''),
    ]
  }

  lostTouch(): void {}

  mayDiffer({ hasUnsynced, document }: SharedDocument): boolean {
    const editor = this.#editor
    const isMissing = editor !== undefined && (hasUnsynced || this.isBehind)
    // Asked for now: when the document begins anew, this editor goes.
    this.#before = isMissing ? { file: editor.bytes(), document, isShared: !this.isBehind } : undefined
    this.#before?.file.catch(() => {})
    return isMissing
  }

  bringAlong(): void {
    const before = this.#before
    if (!before || !this.#shared || (before.isShared && hasAll(this.#shared.document, { of: before.document }))) return
    const run = async () => download(this.#page.fileName, new Uint8Array(await before.file))
    offerApart(this.#page, [{ label: strings.actions.download, run: () => void run() }])
  }

  offerLeftover({ leftoverAt = 0 }: OpenedDocument): void {
    void offerLeftover(this.#page, leftoverAt, (words) => [this.#asWords(() => words)])
  }

  /** What is seen here, as well as it can be had. */
  async #download(): Promise<void> {
    const kept = await this.#editor?.bytes().catch(() => undefined)
    download(this.#page.fileName, new Uint8Array(kept ?? (await this.#page.api.contentNow())))
  }

  /** What was filled in and noted, as a text. */
  #asWords = (words: () => string): NoticeAction => wordsAction(this.#page, strings.pdf.downloadWords, words)
}
