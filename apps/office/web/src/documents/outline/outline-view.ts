import * as Y from 'yjs'
import { sharedParagraphs, sharedTexts } from '../../../../src/documents/outline/paragraph-texts.ts'
import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import type { OpenedDocument, Person } from '../../../../src/session-messages.ts'
import { actionButton } from '../../bar.ts'
import { download } from '../../download.ts'
import { element } from '../../element.ts'
import { type FindBar, findBar } from '../../find-bar.ts'
import { followLink } from '../../follow-link.ts'
import { show } from '../../found-places.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { sentence, strings } from '../../strings.ts'
import type { SharedDocument } from '../open/connection.ts'
import type { DocumentView } from '../open/document-view.ts'
import { offerLeftover, wordsAction } from '../open/offer-leftover.ts'
import { offerApart } from '../open/offers.ts'
import type { OpenDocument } from '../open/open-document.ts'
import { textZoom } from '../text/text-zoom.ts'
import { type DocumentReader, openReader } from './document-reader.ts'
import type { LayoutSource, OutlineLayout } from './outline-layout.ts'
import { outlineSearch } from './outline-search.ts'
import { textLayout } from './pages/text-layout.ts'
import { type ParagraphField, paragraphField } from './paragraph-field.ts'
import { slideLayout } from './slides/slide-layout.ts'
import { type Whereabouts, whereabouts } from './whereabouts.ts'

/** The text of a presentation or an OpenDocument text in this page, paragraph by paragraph. */
export class OutlineView implements DocumentView {
  readonly #page: Page
  readonly #open: OpenDocument
  readonly #stage = element('div', { class: 'outline' })
  readonly #find: FindBar
  readonly #search = outlineSearch(
    () => this.#fields,
    () => this.#open.edited(),
  )
  /** Shows the texts beside slides. */
  #showTexts = () => {}
  #reader: DocumentReader | undefined
  #document: Y.Doc | undefined
  #layout: OutlineLayout | undefined
  /** Paragraphs that say something else than what is drawn. */
  readonly #behind = new Set<string>()
  #whereabouts: Whereabouts | undefined
  #people: readonly Person[] = []
  #isReadOnly = true
  #before = ''

  constructor(page: Page, open: OpenDocument) {
    this.#page = page
    this.#open = open
    this.#find = findBar({ search: () => this.#search, closed: () => show([]) })
    page.stage.replaceChildren(element('div', { class: 'found-in' }, this.#find.element, this.#stage))
    page.bar.add({ icon: 'find', label: strings.actions.find, run: () => this.#openFind(false) })
    page.stage.addEventListener('keydown', (event) => this.#findKey(event))
    if (page.opening.can.download) {
      page.bar.add({ icon: 'download', label: strings.actions.download, run: () => void this.#download() })
    }
    this.#stage.addEventListener('keydown', (event) => this.#key(event))
    this.#stage.addEventListener('click', (event) => this.#clicked(event))
    for (const type of ['focusin', 'focusout']) this.#stage.addEventListener(type, (event) => this.#entered(event))
    if (page.opening.icon === 'slides') page.bar.addTools(this.#textButton(page.opening.action === 'edit'))
    page.bar.addTools(textZoom(this.#stage, () => {}))
  }

  async show(shared: SharedDocument, isReadOnly: boolean): Promise<void> {
    const bytes = await this.#page.api.base()
    const extension = this.#page.fileName.split('.').at(-1) ?? ''
    const reader = await openReader({ bytes, extension })
    this.#end()
    this.#reader = reader
    this.#document = shared.document
    sharedParagraphs(shared.document).observeDeep(this.#changed)
    const layout = await this.#layOut(reader, shared).catch((cause: unknown) => {
      this.#end()
      throw cause
    })
    this.#layout = layout
    const { outline } = strings
    const hint = element('p', { class: 'hint' }, layout.fields.length > 0 ? hintOf(this.#page) : outline.noText)
    if (this.#page.opening.action === 'view') hint.hidden = layout.fields.length > 0
    this.#stage.replaceChildren(hint, ...layout.elements)
    this.#catchUp()
    this.#whereabouts = whereabouts(shared, this.#stage)
    this.#whereabouts.setPeople(this.#people)
    this.#page.offerPrint(layout.printed)
    this.setReadOnly(isReadOnly)
  }

  #layOut(reader: DocumentReader, { document }: SharedDocument): Promise<OutlineLayout> {
    const known = new Map(reader.outline.sections.flatMap(({ paragraphs }) => paragraphs.map((one) => [one.id, one])))
    const source: LayoutSource = {
      reader,
      fileName: this.#page.fileName,
      root: this.#stage,
      texts: () => sharedTexts(document),
      field: (id, looks) => {
        const [paragraph, text] = [known.get(id), sharedParagraphs(document).get(id)]
        if (!paragraph || !(text instanceof Y.Text)) return undefined
        return paragraphField({ paragraph, text, ...(looks && { looks }) }, this.#events)
      },
    }
    return this.#page.opening.icon === 'slides' ? slideLayout(source) : textLayout(source)
  }

  /** What was typed here or elsewhere is seen in what is drawn, too. */
  #changed = (events: readonly { readonly path: readonly (string | number)[] }[]): void => {
    const paragraphs = events.flatMap(({ path: [id] }) => (typeof id === 'string' ? [id] : []))
    if (this.#behind.size === 0) requestAnimationFrame(() => this.#catchUp())
    for (const id of paragraphs) this.#behind.add(id)
  }

  /** What changes while the document is laid out is seen afterwards. */
  #catchUp(): void {
    if (!this.#layout || this.#behind.size === 0) return
    this.#layout.changed(this.#behind)
    this.#behind.clear()
  }

  #end(): void {
    if (this.#document) sharedParagraphs(this.#document).unobserveDeep(this.#changed)
    for (const field of this.#fields) field.destroy()
    this.#layout?.end()
    this.#layout = undefined
    this.#whereabouts?.end()
    this.#reader?.close()
    this.#behind.clear()
  }

  get #fields(): readonly ParagraphField[] {
    return this.#layout?.fields ?? []
  }

  readonly #events = {
    edited: () => this.#open.edited(),
    refused: () => this.#page.notices.show({ kind: 'refused', text: strings.outline.kept, isDismissible: true }),
  }

  /** Texts beside slides take room from them: who only reads may do without. */
  #textButton(isShown: boolean): HTMLElement {
    const button = actionButton({ icon: 'both', label: strings.outline.texts, run: () => set(!isOn()) })
    const isOn = () => button.getAttribute('aria-pressed') === 'true'
    const set = (isPressed: boolean) => {
      button.setAttribute('aria-pressed', String(isPressed))
      this.#stage.classList.toggle('without-texts', !isPressed)
    }
    set(isShown)
    this.#showTexts = () => set(true)
    return button
  }

  #openFind(isReplacing: boolean): void {
    this.#showTexts()
    this.#find.open(isReplacing)
  }

  #findKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || !['f', 'h'].includes(event.key)) return
    event.preventDefault()
    this.#openFind(event.key === 'h')
  }

  /** Links of the document are told before they are followed. */
  #clicked(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-link]') : undefined
    const address = link?.dataset['link']
    if (address !== undefined) followLink(address)
  }

  #entered({ type, target }: Event): void {
    const field = type === 'focusin' && target instanceof HTMLElement ? target : undefined
    this.#layout?.entered(field?.dataset['id'])
  }

  setReadOnly(isReadOnly: boolean): void {
    this.#isReadOnly = isReadOnly
    this.#find.setReadOnly(isReadOnly)
    for (const field of this.#fields) field.setReadOnly(isReadOnly)
  }

  setPeople(people: readonly Person[]): void {
    this.#people = people
    this.#whereabouts?.setPeople(people)
  }

  focus(): void {
    this.#fields[0]?.element.focus()
  }

  blur(): void {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }

  rescue(): readonly NoticeAction[] {
    return [this.#asText(() => this.#text())]
  }

  lostTouch(): void {}

  mayDiffer({ hasUnsynced }: SharedDocument): boolean {
    this.#before = this.#text()
    return hasUnsynced
  }

  /** What was typed may have been about paragraphs that are other ones now: it is offered, not typed again. */
  bringAlong(): void {
    const before = this.#before
    if (before !== this.#text()) offerApart(this.#page, [this.#asText(() => before)])
  }

  offerLeftover({ leftoverAt = 0 }: OpenedDocument): void {
    void offerLeftover(this.#page, leftoverAt)
  }

  /** Enter and the arrows go from paragraph to paragraph: none is added or taken away. */
  #key(event: KeyboardEvent): void {
    if (event.key === 's' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      this.#open.save()
    }
    const step = event.key === 'Enter' && !event.isComposing ? 1 : 0
    const at = this.#fields.findIndex(({ element: field }) => field === event.target)
    if (step === 0 || at < 0 || this.#isReadOnly) return
    event.preventDefault()
    this.#fields[at + step]?.element.focus()
  }

  #text(): string {
    return this.#document ? [...sharedTexts(this.#document).values()].join('\n') : ''
  }

  #asText = (text: () => string): NoticeAction => wordsAction(this.#page, strings.actions.download, text)

  /** The document as it is here, whether the host has it or not. */
  async #download(): Promise<void> {
    if (!this.#reader || !this.#document) return
    try {
      download(this.#page.fileName, new Uint8Array(await this.#reader.write(sharedTexts(this.#document))))
    } catch (cause) {
      if (!(cause instanceof DocumentError)) throw cause
      const text = sentence(cause.message, strings.notices.failed)
      this.#page.notices.show({ kind: 'download', text, tone: 'warning', isDismissible: true })
    }
  }
}

const hintOf = ({ opening }: Page): string =>
  opening.icon === 'slides' ? strings.outline.besideSlides : strings.outline.textOnly
