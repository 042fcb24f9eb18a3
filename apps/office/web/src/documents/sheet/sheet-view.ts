import type * as Y from 'yjs'
import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import { from1904 } from '../../../../src/documents/sheet/from-1904.ts'
import { type OpenedWorkbook, patchWorkbook } from '../../../../src/documents/sheet/patch/patch-workbook.ts'
import { placeName } from '../../../../src/documents/sheet/reference.ts'
import { changesIn, describeChanges, needsCalculation } from '../../../../src/documents/sheet/typed-cells.ts'
import { withChanges } from '../../../../src/documents/sheet/with-changes.ts'
import type { OpenedDocument, Person } from '../../../../src/session-messages.ts'
import { download } from '../../download.ts'
import { element } from '../../element.ts'
import { type FindBar, findBar } from '../../find-bar.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import type { SharedDocument } from '../open/connection.ts'
import type { DocumentView } from '../open/document-view.ts'
import { offerLeftover } from '../open/offer-leftover.ts'
import { offerApart } from '../open/offers.ts'
import type { OpenDocument } from '../open/open-document.ts'
import { cellLink } from './cell-link.ts'
import { engineWords } from './engine.ts'
import { loadFonts } from './fonts.ts'
import { foreignFormulas } from './foreign-formulas.ts'
import { Grid } from './grid.ts'
import { calculator } from './grid-formulas.ts'
import type { LayoutEvents } from './grid-layout.ts'
import type { GridPlace } from './grid-place.ts'
import { openApart } from './open-apart.ts'
import { type Selections, selections } from './selections.ts'
import { spokenCell } from './spoken-cell.ts'
import { unseenText } from './unseen-text.ts'
import { type SharedWorkbook, sharedWorkbook } from './workbook-cells.ts'
import { sharedLayout } from './workbook-layout.ts'
import { workbookRules } from './workbook-rules.ts'

const refusals = {
  refused: strings.sheet.contentOnly,
  'too long': strings.sheet.tooLong,
  'too many': strings.sheet.tooMany,
} as const

/** A workbook in this page. */
export class SheetView implements DocumentView {
  readonly #page: Page
  readonly #open: OpenDocument
  readonly #stage = element('div', { class: 'sheet' })
  readonly #spoken = spokenCell()
  readonly #find: FindBar
  readonly #link = cellLink((place) => this.#grid?.goTo(place))
  #first: Promise<OpenedWorkbook> | undefined
  #opened: OpenedWorkbook | undefined
  #document: Y.Doc | undefined
  #grid: Grid | undefined
  #selections: Selections | undefined
  #people: readonly Person[] = []
  #isReadOnly = true
  #before: string | undefined

  /** `first`: the file as it is opened at first. */
  constructor(page: Page, open: OpenDocument, first: Promise<OpenedWorkbook>) {
    this.#page = page
    this.#first = first
    this.#open = open
    this.#find = findBar({ search: () => this.#grid?.search, closed: () => this.focus(), hasWhole: true })
    page.stage.replaceChildren(element('div', { class: 'sheet-view' }, this.#find.element, this.#stage))
    page.offerPrint(() => this.#grid?.printed() ?? document.createDocumentFragment())
    page.bar.add({ icon: 'find', label: strings.actions.find, run: () => this.#find.open(false) })
    document.addEventListener('keydown', (event) => this.#keyPressed(event), true)
    if (page.opening.can.download) {
      page.bar.add({ icon: 'download', label: strings.actions.download, run: () => this.#download() })
    }
    page.bar.add({ icon: 'redo', label: strings.actions.redo, run: () => this.#grid?.redo() })
    page.bar.add({ icon: 'undo', label: strings.actions.undo, run: () => this.#grid?.undo() })
    this.#stage.addEventListener('contextmenu', (event) => this.#isReadOnly && event.stopPropagation(), true)
  }

  #keyPressed(event: KeyboardEvent): void {
    const key = event.key.toLowerCase()
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !'sfh'.includes(key)) return
    event.preventDefault()
    event.stopPropagation()
    if (key === 's') this.#open.save()
    else this.#find.open(key === 'h' && !this.#isReadOnly)
  }

  async show(shared: SharedDocument, isReadOnly: boolean): Promise<void> {
    this.setReadOnly(isReadOnly)
    this.#document = shared.document
    const opened = await (this.#first ?? this.#page.api.base().then(openApart))
    this.#opened = opened
    this.#first = undefined
    const { workbook } = opened
    const [words] = await Promise.all([engineWords(), loadFonts(workbook)])
    this.#grid?.destroy()
    this.#selections?.end()
    const container = element('div', { class: 'grid', role: 'application', 'aria-label': this.#page.fileName })
    this.#stage.replaceChildren(container, this.#link.element, this.#spoken.element)
    const canCalculate = calculator(workbook)
    const foreign = foreignFormulas(workbook, canCalculate)
    const cells = sharedWorkbook(shared.document, workbook, foreign.size === 0)
    const layout = sharedLayout(shared.document, workbook)
    this.#grid = new Grid(
      container,
      {
        workbook: from1904(withChanges(workbook, changesIn(shared.document, workbook))),
        canCalculate,
        hasTools: workbook.obstacles.length === 0,
        words,
      },
      {
        typed: (typed) => {
          cells.type(typed)
          this.#open.edited()
        },
        calculated: (results) => {
          if (!this.#isReadOnly) cells.calculate(results)
        },
        at: (cell) => {
          this.#spoken.set(cell)
          this.#link.at(workbook, cell)
        },
        selected: (sheet, area) => this.#selections?.share(sheet, area),
        spilled: (places) => this.#takeBack(cells, cells.exclude(places)),
        refused: (why) => this.#say('refused', refusals[why]),
        ...workbookRules({
          workbook,
          foreign,
          isReadOnly: () => this.#isReadOnly,
          say: (text) => this.#say('refused', text),
        }),
        ...this.#sharing(layout),
      },
    )
    cells.onTyped((typed) => this.#grid?.put(typed))
    const { layout: shown } = this.#grid
    layout.onChanged({
      looked: shown.showLooks,
      lined: shown.showLines,
      merged: shown.showMerges,
      froze: shown.showFrozen,
    })
    this.#selections = selections(shared, (marks) => this.#grid?.mark(marks))
    this.#selections.setPeople(this.#people)
    const unseen = unseenText(workbook, foreign.size === 0)
    if (unseen !== undefined) this.#say('unseen', unseen)
  }

  setReadOnly(isReadOnly: boolean): void {
    this.#isReadOnly = isReadOnly
    this.#stage.classList.toggle('is-read-only', isReadOnly)
    this.#find.setReadOnly(isReadOnly)
  }

  setPeople(people: readonly Person[]): void {
    this.#people = people
    this.#selections?.setPeople(people)
  }

  focus(): void {
    this.#stage.querySelector<HTMLElement>('[contenteditable]')?.focus()
  }

  blur(): void {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }

  rescue(): readonly NoticeAction[] {
    return [{ label: strings.actions.download, run: () => this.#download() }]
  }

  lostTouch(): void {}

  mayDiffer({ hasUnsynced, document }: SharedDocument): boolean {
    this.#before = describeChanges(document)
    return hasUnsynced
  }

  /** What was typed may have been about cells that are other ones now: it is offered, not typed again. */
  bringAlong(): void {
    const text = this.#before ?? ''
    if (text !== '') offerApart(this.#page, [this.#asText(text)])
  }

  offerLeftover({ leftoverAt = 0 }: OpenedDocument): void {
    void offerLeftover(this.#page, leftoverAt)
  }

  #asText = (text: string): NoticeAction => ({
    label: strings.actions.download,
    run: () => download(`${this.#page.fileName}.txt`, text, 'text/plain;charset=utf-8'),
  })

  /** A formula that fills other cells too would be another one in the file: it is not kept, and not silently. */
  #takeBack(cells: SharedWorkbook, places: readonly GridPlace[]): void {
    const empty = places.map((place) => ({ ...place, value: null }))
    if (this.#isReadOnly || empty.length === 0) return
    cells.type(empty)
    this.#grid?.put(empty)
    this.#say('refused', strings.sheet.spilled(places.map(placeName).join(', ')))
  }

  /** What the user changes of the layout is shared, and the office is told. */
  #sharing(layout: LayoutEvents): LayoutEvents {
    const told =
      <A extends unknown[]>(share: (...given: A) => void) =>
      (...given: A): void => {
        share(...given)
        this.#open.edited()
      }
    const { looked, lined, merged, froze } = layout
    return { looked: told(looked), lined: told(lined), merged: told(merged), froze: told(froze) }
  }

  #say(kind: string, text: string): void {
    this.#page.notices.show({ kind, text, isDismissible: true })
  }

  /** The workbook as it is here, whether the host has it or not; where that cannot be written, what was typed. */
  #download(): void {
    if (!this.#opened || !this.#document) return
    const { document, workbook } = this.#opened
    try {
      const patch = { changes: changesIn(this.#document, workbook), needsCalculation: needsCalculation(this.#document) }
      const bytes = workbook.obstacles.length > 0 ? document.bytes : patchWorkbook(this.#opened, patch)
      download(this.#page.fileName, new Uint8Array(bytes))
    } catch (cause) {
      if (!(cause instanceof DocumentError)) throw cause
      this.#asText(describeChanges(this.#document)).run()
    }
  }
}
