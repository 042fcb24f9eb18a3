import type { FromOffice, Opened, ReadOnlyReason, SaveState, SocketRefusal } from '../../../../src/session-messages.ts'
import { download } from '../../download.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { joinText, type SharedText } from './connection.ts'
import { type TextEditor, textEditor } from './editor.ts'
import { edits } from './edits.ts'
import { offerApart, offerLeftover, offerRescue, offerRetry, type Wishes } from './offers.ts'
import { type Panes, panes } from './panes.ts'
import { isLoss, readOnlyText } from './read-only-text.ts'
import { type RemoteCursors, remoteCursors } from './remote-cursors.ts'
import { replaceDifference } from './replace-difference.ts'
import { rescueActions } from './rescue.ts'
import { stateText } from './state-text.ts'

type OpenedText = Opened & { is: 'text' }
const retryAfter = 3_000
const askEvery = 5_000
const settleWithin = 3_000
const settleStep = 50

/** A text in this page, through all its connections. */
export class TextDocument {
  readonly #page: Page
  readonly #panes: Panes
  readonly #notifyOfEdit: () => void
  #shared: SharedText | undefined
  #editor: TextEditor | undefined
  #cursors: RemoteCursors | undefined
  #save: SaveState | undefined
  #readOnly: ReadOnlyReason | undefined
  readonly #wishes: Wishes = {
    text: () => this.text,
    retry: () => this.#shared?.send({ type: 'retry' }),
    discard: () => {
      this.#hasDiscarded = true
      this.#shared?.send({ type: 'discard' })
    },
  }
  /** Set when this user has given up what is not saved: it must not be brought along. */
  #hasDiscarded = false
  /** Set when the office has shown this page the door: nothing brings it back but opening it again. */
  #hasEnded = false

  constructor(page: Page) {
    this.#page = page
    const { preview, action, notifiesOfEdits } = page.opening
    const first = action === 'view' ? 'preview' : 'text'
    this.#panes = panes(preview, { label: strings.labels.preview(page.fileName), first })
    this.#notifyOfEdit = edits(() => notifiesOfEdits && page.host.send({ MessageId: 'Edit_Notification', Values: {} }))
    page.stage.replaceChildren(this.#panes.element)
    if (this.#panes.tools) page.bar.addTools(this.#panes.tools)
    if (page.opening.can.download) {
      page.bar.add({ icon: 'download', label: strings.actions.download, run: () => void this.#download() })
    }
    page.bar.add({ icon: 'find', label: strings.actions.find, run: () => this.#find() })
    page.beforeClose = () => this.#settle()
    window.addEventListener('beforeunload', (event) => {
      if (this.#shared?.hasUnsynced && this.#readOnly === undefined) event.preventDefault()
    })
    // A goodbye, so that the office need not wait for a page that does not come back.
    window.addEventListener('pagehide', () => this.#shared?.destroy())
    setInterval(() => this.#askWhileAway(), askEvery)
    page.host.listen((message) => {
      if (message.MessageId === 'Grab_Focus') this.#editor?.focus()
      if (message.MessageId === 'Blur_Focus') this.#editor?.blur()
      if (message.MessageId === 'Action_Save') this.#shared?.send({ type: 'save' })
      if (message.MessageId === 'Action_Close') void this.#settle()
      if (message.MessageId === 'Reset_Access_Token') void this.#renew(message.Values.token, message.Values.ttl)
    })
  }

  /** The text as it is here. */
  get text(): string {
    return this.#shared?.text.toString() ?? ''
  }

  #find(): void {
    this.#panes.revealText()
    this.#editor?.find()
  }

  /** The file as it is stored where that is what is seen; else the text as it is here. */
  async #download(): Promise<void> {
    const isStored = this.#save?.is === 'saved' && this.#shared?.isConnected && !this.#shared.hasUnsynced
    const stored = isStored ? await this.#page.api.content().catch(() => undefined) : undefined
    download(this.#page.fileName, stored ?? this.text, 'text/plain;charset=utf-8')
  }

  /** Joins the shared text and shows it. Resolves once it can be read. */
  join(opened: OpenedText): Promise<void> {
    this.#readOnly = opened.readOnly
    return new Promise((resolve) => {
      let isFirst = true
      const shared = joinText(opened.document, this.#page.opening.ticket, {
        synced: () => {
          if (!isFirst) return
          isFirst = false
          this.#show(shared)
          if (opened.leftoverAt !== undefined) void offerLeftover(this.#page, opened.leftoverAt)
          resolve()
        },
        changed: () => this.#tell(),
        told: (message) => this.#told(message),
        refused: (why) => void this.#refused(why, shared),
      })
      this.#shared = shared
    })
  }

  #show(shared: SharedText): void {
    const hadFocus = this.#editor?.element.contains(document.activeElement) ?? true
    this.#editor?.destroy()
    this.#cursors = remoteCursors(shared)
    this.#editor = textEditor(shared, {
      fileName: this.#page.fileName,
      label: strings.labels.text(this.#page.fileName),
      isReadOnly: this.#readOnly !== undefined,
      isProse: this.#page.opening.icon === 'text' || this.#page.opening.icon === 'markdown',
      extensions: this.#cursors.extension,
      save: () => shared.send({ type: 'save' }),
    })
    this.#panes.show(this.#editor.element, shared)
    shared.text.observe((_event, { local }) => {
      if (local) this.#notifyOfEdit()
    })
    if (hadFocus && this.#readOnly === undefined) this.#editor.focus()
    this.#tell()
  }

  #told(message: FromOffice): void {
    const { page, bar } = { page: this.#page, bar: this.#page.bar }
    if (message.type === 'state') this.#save = message.save
    if (message.type === 'access') this.#setAccess(message.readOnly)
    if (message.type === 'renamed') page.renamed(message.fileName)
    if (message.type === 'people') {
      bar.setPeople(message.people, message.you)
      this.#cursors?.setPeople(message.people)
    }
    if (message.type === 'expiring') this.#expiring(message.inMs)
    if (message.type === 'ended') this.#end(message.why)
    if (message.type === 'reload') void this.#joinAgain()
    this.#tell()
  }

  #setAccess(readOnly: ReadOnlyReason | undefined): void {
    const wasReadOnly = this.#readOnly !== undefined
    this.#readOnly = readOnly
    if (wasReadOnly !== (readOnly !== undefined)) this.#editor?.setReadOnly(readOnly !== undefined)
    if (wasReadOnly && !readOnly) this.#shared?.syncAgain()
    if (readOnly && isLoss(readOnly)) offerRescue(this.#page, readOnly, this.#wishes)
    else this.#page.notices.hide('loss')
    if (readOnly?.code === 'locked') offerRetry(this.#page, readOnly, this.#wishes.retry)
    else this.#page.notices.hide('locked')
  }

  #tell(): void {
    const shared = this.#shared
    const { text, tone } = stateText({
      save: this.#save,
      isConnected: shared?.isConnected ?? false,
      hasUnsynced: shared?.hasUnsynced ?? false,
      isReadOnly: this.#readOnly !== undefined,
    })
    this.#page.bar.setState(this.#hasEnded ? '' : text, tone)
    this.#page.bar.setReadOnly(this.#readOnly && readOnlyText(this.#readOnly))
  }

  async #refused(why: SocketRefusal, shared: SharedText): Promise<void> {
    if (shared !== this.#shared || this.#hasEnded) return
    if (why === 'no-access') return this.#end({ code: 'ended' })
    if (why === 'host-away') await new Promise((resolve) => setTimeout(resolve, retryAfter))
    if (shared === this.#shared) await this.#joinAgain()
  }

  /** A socket that is refused says nothing. Whether there is any sense in trying again, the office has to be asked. */
  async #askWhileAway(): Promise<void> {
    if (!this.#shared || this.#shared.isConnected || this.#hasEnded) return
    const isKnown = await this.#page.api.isKnown().catch(() => true)
    if (!isKnown && !this.#shared.isConnected) this.#end({ code: 'expired' })
  }

  /** The document begins anew: goes on with it, and takes along what was typed here and is in it no more. */
  async #joinAgain(): Promise<void> {
    const before = this.#shared
    if (!before || this.#hasEnded) return
    const opened = await this.#page.api.open().catch(() => undefined)
    if (!opened || (opened.is === 'refused' && opened.why === 'host-away')) {
      await new Promise((resolve) => setTimeout(resolve, retryAfter))
      return this.#joinAgain()
    }
    if (opened.is === 'refused') return this.#end({ code: opened.why === 'ended' ? 'expired' : 'ended' })
    const mine = before.text.toString()
    const { common } = before
    const mayDiffer = common === undefined ? before.hasUnsynced : common !== mine
    before.destroy()
    await this.join(opened)
    if (mayDiffer && !this.#hasDiscarded) this.#bringAlong(mine, common)
    this.#hasDiscarded = false
  }

  #bringAlong(mine: string, common: string | undefined): void {
    const now = this.text
    if (mine === now) return
    if (common === now && this.#readOnly === undefined && this.#shared) replaceDifference(this.#shared.text, mine)
    else offerApart(this.#page, mine)
  }

  #expiring(inMs: number): void {
    this.#page.notices.show({ kind: 'expiring', text: strings.notices.expiring, tone: 'warning', isDismissible: true })
    this.#page.host.send({ MessageId: 'App_TokenExpiring', Values: { Timeout: inMs } })
  }

  async #renew(accessToken: string, ttl: string | undefined): Promise<void> {
    await this.#page.api.renew({ accessToken, expiresAt: ttl ?? '0' })
    this.#page.notices.hide('expiring')
  }

  /** What is on the screen stays, to be read and copied. */
  #end(why: ReadOnlyReason): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#readOnly = why
    this.#editor?.setReadOnly(true)
    this.#shared?.destroy()
    const actions = rescueActions(this.#page, () => this.text).slice(-1)
    this.#page.notices.show({ kind: 'ended', text: readOnlyText(why), tone: 'warning', actions })
    if (why.code === 'expired') this.#page.host.send({ MessageId: 'App_TokenExpired', Values: {} })
    this.#tell()
  }

  /** Waits a moment for the office to have everything; it saves by itself when the page has gone. `false`: it has not. */
  async #settle(): Promise<boolean> {
    const isBehind = () => this.#shared?.hasUnsynced && this.#readOnly === undefined
    for (let waited = 0; waited < settleWithin && isBehind(); waited += settleStep) {
      await new Promise((resolve) => setTimeout(resolve, settleStep))
    }
    if (isBehind()) return false
    this.#shared?.destroy()
    return true
  }
}
