import * as Y from 'yjs'
import type { Section } from '../../../../src/documents/outline/outline.ts'
import { type OutlineDocument, openOutline } from '../../../../src/documents/outline/outline-document.ts'
import { sharedParagraphs, sharedTexts } from '../../../../src/documents/outline/paragraph-texts.ts'
import type { OpenedDocument, Person } from '../../../../src/session-messages.ts'
import { download } from '../../download.ts'
import { element } from '../../element.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import type { SharedDocument } from '../open/connection.ts'
import type { DocumentView } from '../open/document-view.ts'
import { offerLeftover, wordsAction } from '../open/offer-leftover.ts'
import { offerApart } from '../open/offers.ts'
import type { OpenDocument } from '../open/open-document.ts'
import { type ParagraphField, paragraphField } from './paragraph-field.ts'
import { type Whereabouts, whereabouts } from './whereabouts.ts'

/** The text of a presentation or an OpenDocument text in this page, paragraph by paragraph. */
export class OutlineView implements DocumentView {
  readonly #page: Page
  readonly #open: OpenDocument
  readonly #stage = element('div', { class: 'outline' })
  #opened: OutlineDocument | undefined
  #document: Y.Doc | undefined
  #fields: readonly ParagraphField[] = []
  #whereabouts: Whereabouts | undefined
  #people: readonly Person[] = []
  #isReadOnly = true
  #before = ''

  constructor(page: Page, open: OpenDocument) {
    this.#page = page
    this.#open = open
    page.stage.replaceChildren(this.#stage)
    if (page.opening.can.download) {
      page.bar.add({ icon: 'download', label: strings.actions.download, run: () => this.#download() })
    }
    this.#stage.addEventListener('keydown', (event) => this.#key(event))
  }

  async show(shared: SharedDocument, isReadOnly: boolean): Promise<void> {
    const bytes = await this.#page.api.base()
    this.#opened = openOutline(bytes, this.#page.fileName.split('.').at(-1) ?? '')
    this.#document = shared.document
    for (const field of this.#fields) field.destroy()
    const made: ParagraphField[] = []
    const { sections } = this.#opened.outline
    const shown = sections.map((section) => this.#section(section, { shared, made, isOnly: sections.length === 1 }))
    this.#fields = made
    const hint = element('p', { class: 'hint' }, made.length > 0 ? strings.outline.textOnly : strings.outline.noText)
    this.#stage.replaceChildren(hint, ...shown)
    this.#whereabouts?.end()
    this.#whereabouts = whereabouts(shared, this.#stage)
    this.#whereabouts.setPeople(this.#people)
    this.setReadOnly(isReadOnly)
  }

  #section(
    { number, isHidden, paragraphs }: Section,
    {
      shared,
      made,
      isOnly,
    }: { readonly shared: SharedDocument; readonly made: ParagraphField[]; readonly isOnly: boolean },
  ): HTMLElement {
    const label = isHidden ? strings.outline.hiddenSlide(number) : strings.outline.slide(number)
    const fields = paragraphs.flatMap((paragraph) => {
      const text = sharedParagraphs(shared.document).get(paragraph.id)
      return text instanceof Y.Text ? [paragraphField(paragraph, text, this.#events)] : []
    })
    made.push(...fields)
    const content = fields.map((field) => field.element)
    if (isOnly) return element('section', { 'aria-label': this.#page.fileName }, ...content)
    return element('section', { 'aria-label': label }, element('h2', {}, label), ...content)
  }

  readonly #events = {
    edited: () => this.#open.edited(),
    refused: () => this.#page.notices.show({ kind: 'refused', text: strings.outline.kept, isDismissible: true }),
  }

  setReadOnly(isReadOnly: boolean): void {
    this.#isReadOnly = isReadOnly
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
  #download(): void {
    if (!this.#opened || !this.#document) return
    download(this.#page.fileName, new Uint8Array(this.#opened.write(sharedTexts(this.#document))))
  }
}
