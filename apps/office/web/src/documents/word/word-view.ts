import type * as Y from 'yjs'
import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import { orBlank } from '../../../../src/documents/word/blank-word.ts'
import {
  nobody,
  onSharedFile,
  reachedByFile,
  sharedFile,
  shareFile,
} from '../../../../src/documents/word/file-in-document.ts'
import { forgetSteps, onSharedSteps } from '../../../../src/documents/word/typed-steps.ts'
import type { OpenedDocument, Person } from '../../../../src/session-messages.ts'
import { download } from '../../download.ts'
import { element } from '../../element.ts'
import { type FindBar, findBar } from '../../find-bar.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { sentence, strings } from '../../strings.ts'
import type { SharedDocument } from '../open/connection.ts'
import type { DocumentView } from '../open/document-view.ts'
import { hasAll } from '../open/has-all.ts'
import { offerApart } from '../open/offers.ts'
import type { OpenDocument } from '../open/open-document.ts'
import { offerLeftoverFile } from './offer-leftover-file.ts'
import { remoteCarets } from './remote-carets.ts'
import { TypingTogether } from './typing-together.ts'
import { openWordEditor, type WordEditor } from './word-editor.ts'
import { type WordZoom, wordZoom } from './word-zoom.ts'

/** How long after the last key stroke changes are brought to the office, in milliseconds. */
const shareAfter = 600
/** In long documents that takes a while, in which nobody can type: it waits for a pause so many times as long. */
const pauseFor = 3

/** A Word document in this page. */
export class WordView implements DocumentView {
  readonly #page: Page
  readonly #open: OpenDocument
  readonly #place = element('div', { class: 'word-place' })
  readonly #find: FindBar
  readonly #zoom: WordZoom
  #shared: SharedDocument | undefined
  #editor: WordEditor | undefined
  #typing: TypingTogether | undefined
  /** The file that the editor shows, or has written. `undefined`: as it was opened. */
  #file: Uint8Array | undefined
  /** Whether the editor shows what was typed elsewhere, which it would not write. */
  #hasFollowed = false
  #people: readonly Person[] = []
  #isReadOnly = true
  #isBehind = false
  #isSharing = false
  #lastTook = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #sharing: Promise<void> = Promise.resolve()
  #loading: Promise<void> = Promise.resolve()
  #stopFollowing: () => void = () => {}
  /** What was here before the document began anew: the file as it was seen, and what of it had been told step by step. */
  #before: { readonly file: Promise<Uint8Array>; readonly document: Y.Doc; readonly isTold: boolean } | undefined

  constructor(page: Page, open: OpenDocument) {
    this.#page = page
    this.#open = open
    // Whoever leaves this page looks away first: there is no time for it afterwards.
    const hurry = () => void (this.#isBehind && this.flush())
    window.addEventListener('blur', hurry)
    document.addEventListener('visibilitychange', hurry)
    this.#find = findBar({ search: () => this.#editor?.search, closed: () => this.focus() })
    this.#zoom = wordZoom(() => this.#editor)
    page.bar.addTools(this.#zoom.element)
    page.stage.replaceChildren(element('div', { class: 'word-view' }, this.#find.element, this.#place))
    page.offerPrint(() => this.#editor?.pages() ?? document.createDocumentFragment())
    if (page.opening.can.download) {
      page.bar.add({ icon: 'download', label: strings.actions.download, run: () => void this.#download() })
    }
    page.bar.add({ icon: 'find', label: strings.actions.find, run: () => this.#find.open(false) })
    document.addEventListener('keydown', (event) => this.#keyPressed(event))
  }

  /** Whether something that is seen here has not been given to the office. */
  get isBehind(): boolean {
    return this.#isBehind || this.#isSharing
  }

  async show(shared: SharedDocument, isReadOnly: boolean): Promise<void> {
    this.#stopFollowing()
    clearTimeout(this.#timer)
    this.#isBehind = false
    this.#shared = shared
    this.#isReadOnly = isReadOnly
    this.#find.setReadOnly(isReadOnly)
    const stops = [
      onSharedFile(shared.document, () => {
        if (!this.#typing?.has(reachedByFile(shared.document))) this.#loadAgain()
      }),
      onSharedSteps(shared.document, () => this.#follow()),
    ]
    const drawn = () => this.#drawCarets()
    shared.awareness.on('change', drawn)
    this.#stopFollowing = () => {
      shared.awareness.off('change', drawn)
      for (const stop of stops) stop()
    }
    const loading = this.#loading.then(() => this.#load())
    this.#loading = loading.catch(() => {})
    await loading
  }

  #loadAgain(): void {
    this.#loading = this.#loading.then(() => this.#load()).catch((cause) => this.#failed(cause))
  }

  /** Shows the document as it is with the office. */
  async #load(): Promise<void> {
    if (!this.#shared) return
    const { document } = this.#shared
    const typing = new TypingTogether(document, reachedByFile(document))
    const file = sharedFile(document)
    const bytes = file ?? orBlank(await this.#page.api.base())
    const isReadOnly = this.#isReadOnly
    const editor = await openWordEditor(bytes, {
      isReadOnly,
      author: this.#page.opening.userName ?? '',
      isDark: matchMedia('(prefers-color-scheme: dark)').matches,
      changed: (what) => {
        if (what === 'besides') typing.skip()
        this.#changed()
      },
      typed: (steps) => typing.tell(steps),
      moved: (cursor) => this.#shared?.awareness.setLocalStateField('cursor', cursor ?? null),
      save: () => this.#open.save(),
      fixed: (what) => this.#page.notices.show({ kind: 'fixed', text: strings.word.fixed[what], isDismissible: true }),
      mount: (element) => this.#place.append(element),
    })
    // A page that follows another one stays as large as it was made.
    const before = this.#editor
    if (before) editor.zoom = before.zoom
    // It may have something to write yet that is missing in the document that is shown now.
    await this.#before?.file.catch(() => {})
    before?.destroy()
    this.#editor = editor
    this.#typing = typing
    this.#file = file
    this.#hasFollowed = false
    this.#place.replaceChildren(editor.element)
    if (!before) this.#zoom.fit()
    this.#follow()
    // It may have been decided while the document was read.
    if (this.#isReadOnly !== isReadOnly) this.#switch()
    else if (!isReadOnly) editor.focus()
    this.#drawCarets()
  }

  /** Does here what was typed elsewhere since the file was written. What nobody else will write is written from here. */
  #follow(): void {
    const steps = this.#typing?.next() ?? []
    const done = steps.slice(0, this.#editor?.follow(steps) ?? 0)
    this.#typing?.did(done)
    if (this.#isReadOnly && done.length > 0) this.#hasFollowed = true
  }

  #drawCarets(): void {
    if (this.#shared) this.#editor?.showCarets(remoteCarets(this.#shared, this.#people))
  }

  /** Writes from now on, or reads. An editor that has followed another one begins anew, with what that one has written. */
  #switch(): void {
    const isAnother = this.#hasFollowed || (this.#shared && sharedFile(this.#shared.document) !== this.#file)
    if (isAnother && !this.#isReadOnly) this.#loadAgain()
    else this.#editor?.setReadOnly(this.#isReadOnly)
  }

  #keyPressed(event: KeyboardEvent): void {
    const key = event.key.toLowerCase()
    const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && (key === 'f' || key === 'h')
    if (!isOurs) return
    event.preventDefault()
    this.#find.open(key === 'h' && !this.#isReadOnly)
  }

  #changed(): void {
    if (this.#isReadOnly) return
    this.#isBehind = true
    this.#open.edited()
    this.#open.tell()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), Math.max(shareAfter, this.#lastTook * pauseFor))
  }

  /** Brings all changes to the office. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#sharing = this.#sharing.then(() => this.#share()).catch((cause) => this.#failed(cause))
    return this.#sharing
  }

  async #share(): Promise<void> {
    if (!this.#isBehind || !this.#editor || !this.#shared) return
    this.#isBehind = false
    this.#isSharing = true
    const started = performance.now()
    try {
      // What is typed while the file is written is not in it.
      const reached = this.#typing?.own
      const { document } = this.#shared
      shareFile(document, await this.#editor.bytes(), reached)
      this.#file = sharedFile(document)
      this.#page.notices.hide('unkept')
    } catch (cause) {
      this.#isBehind = true
      // What cannot be written here is left to nobody else.
      if (cause instanceof DocumentError) forgetSteps(this.#shared.document, this.#typing?.own ?? nobody)
      throw cause
    } finally {
      this.#isSharing = false
      this.#lastTook = performance.now() - started
      this.#open.tell()
    }
  }

  #failed(cause: unknown): void {
    const isTold = cause instanceof DocumentError
    if (!isTold) console.error(cause)
    const text = isTold ? sentence(cause.message, strings.notices.wordUnkept) : strings.notices.wordUnkept
    this.#page.notices.show({ kind: 'unkept', text, tone: 'warning', actions: [...this.rescue()] })
  }

  setReadOnly(isReadOnly: boolean): void {
    if (isReadOnly === this.#isReadOnly) return
    this.#isReadOnly = isReadOnly
    this.#switch()
    this.#find.setReadOnly(isReadOnly)
  }

  setPeople(people: readonly Person[]): void {
    this.#people = people
    this.#drawCarets()
  }

  focus(): void {
    this.#editor?.focus()
  }

  blur(): void {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }

  rescue(): readonly NoticeAction[] {
    return [{ label: strings.actions.download, run: () => void this.#download() }]
  }

  lostTouch(): void {}

  mayDiffer({ hasUnsynced, document }: SharedDocument): boolean {
    const editor = this.#editor
    const isMissing = editor !== undefined && (hasUnsynced || this.isBehind)
    const isTold = !this.isBehind || this.#typing?.isTold === true
    this.#before = isMissing ? { file: editor.bytes().catch(() => editor.copy()), document, isTold } : undefined
    this.#before?.file.catch(() => {})
    return isMissing
  }

  bringAlong(): void {
    const before = this.#before
    if (!before || !this.#shared || (before.isTold && hasAll(this.#shared.document, { of: before.document }))) return
    const run = async () => download(this.#page.fileName, new Uint8Array(await before.file))
    offerApart(this.#page, [{ label: strings.actions.download, run: () => void run() }])
  }

  offerLeftover({ leftoverAt = 0 }: OpenedDocument): void {
    void offerLeftoverFile(this.#page, leftoverAt)
  }

  /** What is seen here, as well as it can be had. */
  async #download(): Promise<void> {
    const editor = this.#editor
    const kept = await editor?.bytes().catch(() => editor.copy())
    download(this.#page.fileName, new Uint8Array(kept ?? (await this.#page.api.contentNow())))
  }
}
