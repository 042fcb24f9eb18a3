import type {
  Coming,
  FromOffice,
  OpenedDocument,
  ReadOnlyReason,
  SaveState,
  SocketRefusal,
} from '../../../../src/session-messages.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { AskedSaves } from './asked-saves.ts'
import { joinDocument, type SharedDocument } from './connection.ts'
import type { DocumentView } from './document-view.ts'
import { edits } from './edits.ts'
import { offerRescue, offerRetry, offerTakeOver, type Wishes } from './offers.ts'
import { type Outage, outage } from './outage.ts'
import { isLoss, readOnlyText } from './read-only-text.ts'
import { isModified, obstacleText, stateText } from './state-text.ts'

const retryAfter = 3_000
const askEvery = 5_000
const settleWithin = 3_000
const settleStep = 50

/** A document that people have open together, in this page, through all its connections. */
export class OpenDocument {
  readonly #page: Page
  readonly #view: DocumentView
  readonly #notifyOfEdit: () => void
  readonly #saving: AskedSaves
  readonly #tellOutage: Outage
  #shared: SharedDocument | undefined
  #save: SaveState | undefined
  #readOnly: ReadOnlyReason | undefined
  /** What this page is, as it was last told. */
  #coming: Coming = 'new'
  readonly #wishes: Wishes = {
    rescue: () => this.#view.rescue(),
    retry: () => this.#shared?.send({ type: 'retry' }),
    discard: () => {
      this.#hasDiscarded = true
      this.#shared?.send({ type: 'discard' })
    },
  }
  #hasEdited = false
  /** Set when this user has given up what is not saved: it must not be brought along. */
  #hasDiscarded = false
  /** Set when the office has shown this page the door: nothing brings it back but opening it again. */
  #hasEnded = false

  constructor(page: Page, view: (document: OpenDocument) => DocumentView) {
    this.#page = page
    this.#view = view(this)
    const { notifiesOfEdits } = page.opening
    this.#notifyOfEdit = edits(() => notifiesOfEdits && page.host.send({ MessageId: 'Edit_Notification', Values: {} }))
    page.beforeClose = () => this.#settle()
    this.#tellOutage = outage(page)
    page.flush = () => this.#flush()
    page.save = () => this.save()
    this.#saving = new AskedSaves(page, { send: (ask) => this.#sendSave(ask), refusal: () => this.#refusal })
    window.addEventListener('beforeunload', (event) => {
      if (this.#isBehind && this.#readOnly === undefined) event.preventDefault()
    })
    // A goodbye, so that the office need not wait for a page that does not come back.
    window.addEventListener('pagehide', () => this.#shared?.destroy())
    setInterval(() => this.#askWhileAway(), askEvery)
    page.host.listen((message) => {
      if (message.MessageId === 'Grab_Focus') this.#view.focus()
      if (message.MessageId === 'Blur_Focus') this.#view.blur()
      if (message.MessageId === 'Reset_Access_Token') void this.#renew(message.Values.token, message.Values.ttl)
    })
  }

  /** Whether the host has what is seen here. */
  get isStored(): boolean {
    return this.#save?.is === 'saved' && this.#shared?.isConnected === true && !this.#shared.hasUnsynced
  }

  get isReadOnly(): boolean {
    return this.#readOnly !== undefined
  }

  /** The user wants to save now. */
  save(): void {
    this.#page.host.send({ MessageId: 'UI_Save', Values: { source: 'keyboard' } })
    if (!this.#page.isLeftToHost('UI_Save')) this.#sendSave()
  }

  /** Asks the office to save now, and to answer under this number. */
  #sendSave(ask?: number): void {
    const send = () => this.#shared?.send({ type: 'save', ...(ask !== undefined && { ask }) })
    if (this.#view.isBehind) void this.#view.flush?.().then(send)
    else send()
  }

  /** Why nothing can be saved at the moment, as a sentence. */
  get #refusal(): string | undefined {
    const { saving } = strings
    if (this.#readOnly) return readOnlyText(this.#readOnly)
    if (!this.#shared?.isConnected) return saving.disconnected
    if (this.#save?.is === 'offline') return saving.offline
    return this.#save?.is === 'stopped' && this.#save.hasUnsaved ? obstacleText(this.#save.why ?? '') : undefined
  }

  /** Whether the office lacks something of what is seen here. */
  get #isBehind(): boolean {
    return this.#shared?.hasUnsynced === true || this.#view.isBehind === true
  }

  /** Says again how things stand. */
  tell(): void {
    this.#tell()
  }

  /** This user has changed something. */
  edited(): void {
    this.#hasEdited = true
    this.#notifyOfEdit()
  }

  /** Joins the shared document and shows it. Resolves once it can be read. */
  join(opened: OpenedDocument): Promise<void> {
    this.#readOnly = opened.readOnly
    return new Promise((resolve, reject) => {
      let isFirst = true
      const shared: SharedDocument = joinDocument(opened.document, this.#page.opening.ticket, {
        synced: () => {
          if (!isFirst) return
          isFirst = false
          this.#show(shared, opened).then(resolve, reject)
        },
        changed: () => this.#tell(),
        coming: () => this.#coming,
        lost: () => this.#view.lostTouch(shared),
        told: (message) => this.#told(message),
        refused: (why) => void this.#refused(why, shared),
      })
      this.#shared = shared
    })
  }

  async #show(shared: SharedDocument, opened: OpenedDocument): Promise<void> {
    await this.#view.show(shared, this.isReadOnly)
    // What was said meanwhile was said to a view that was not there yet.
    this.#view.setReadOnly(this.isReadOnly)
    if (opened.leftoverAt !== undefined) this.#view.offerLeftover(opened)
    this.#tell()
  }

  #told(message: FromOffice): void {
    const { page, bar } = { page: this.#page, bar: this.#page.bar }
    if (message.type === 'state') this.#setSaved(message.save)
    if (message.type === 'save-answer') this.#saving.answered(message)
    if (message.type === 'access') this.#setAccess(message.readOnly)
    if (message.type === 'renamed') page.renamed(message.fileName)
    if (message.type === 'people') {
      bar.setPeople(message.people, message.you)
      page.reports.people(message.people, message.you)
      this.#view.setPeople(message.people)
    }
    if (message.type === 'expiring') this.#expiring(message.inMs)
    if (message.type === 'ended') this.#end(message.why)
    if (message.type === 'reload') void this.#joinAgain()
    if (message.type === 'hand-over') void this.#handOver()
    this.#tell()
  }

  /** A document may be its own obstacle: then it says which, and what was typed can still be kept elsewhere. */
  #setSaved(save: SaveState): void {
    this.#save = save
    const why = save.is === 'stopped' ? save.why : undefined
    if (why === undefined) this.#page.notices.hide('obstacle')
    else
      this.#page.notices.show({
        kind: 'obstacle',
        text: obstacleText(why),
        tone: 'warning',
        actions: this.#view.rescue(),
      })
  }

  #setAccess(readOnly: ReadOnlyReason | undefined): void {
    const wasReadOnly = this.#readOnly !== undefined
    this.#readOnly = readOnly
    if (!readOnly || readOnly.code === 'taken') this.#coming = readOnly ? 'following' : 'writing'
    if (readOnly?.code === 'taken' && !wasReadOnly) this.#stepBack()
    if (wasReadOnly !== (readOnly !== undefined)) this.#view.setReadOnly(readOnly !== undefined)
    if (wasReadOnly && !readOnly) this.#shared?.syncAgain()
    if (readOnly && isLoss(readOnly)) offerRescue(this.#page, readOnly, this.#wishes)
    else this.#page.notices.hide('loss')
    if (readOnly?.code === 'locked') offerRetry(this.#page, readOnly, this.#wishes.retry)
    else this.#page.notices.hide('locked')
    if (readOnly?.code === 'taken') offerTakeOver(this.#page, readOnly, () => this.#shared?.send({ type: 'take-over' }))
    else this.#page.notices.hide('taken')
  }

  #tell(): void {
    const shared = this.#shared
    const isStuck = shared?.isStuck ?? false
    const { text, tone } = stateText({
      save: this.#save,
      isConnected: shared?.isConnected ?? false,
      isStuck,
      hasUnsynced: this.#isBehind,
      isReadOnly: this.#readOnly !== undefined,
    })
    this.#saving.look()
    this.#page.reports.modified(isModified(this.#save, this.#hasEdited && this.#isBehind && !this.isReadOnly))
    const isCutOff = this.#isBehind && (shared?.isConnected === false || (isStuck && !this.isReadOnly))
    this.#tellOutage({ save: this.#save, isCutOff })
    this.#page.bar.setState(this.#hasEnded ? '' : text, tone)
    this.#page.bar.setReadOnly(this.#readOnly && readOnlyText(this.#readOnly))
  }

  async #refused(why: SocketRefusal, shared: SharedDocument): Promise<void> {
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

  /** Someone else writes now. What the office lacks would be merged with it some day: goes on without, and offers it. */
  #stepBack(): void {
    const mayDiffer = this.#shared !== undefined && this.#isBehind && this.#view.mayDiffer(this.#shared)
    if (mayDiffer) void this.#joinAgain(mayDiffer)
  }

  /** The document begins anew: goes on with it, and takes along what was typed here and is in it no more. */
  async #joinAgain(isKnownToDiffer = false): Promise<void> {
    const before = this.#shared
    if (!before || this.#hasEnded) return
    const opened = await this.#page.api.open().catch(() => undefined)
    if (this.#hasEnded || this.#shared !== before) return
    if (!opened) {
      await new Promise((resolve) => setTimeout(resolve, retryAfter))
      return this.#joinAgain(isKnownToDiffer)
    }
    if (opened.is === 'refused') return this.#end({ code: opened.why === 'ended' ? 'expired' : 'ended' })
    const mayDiffer = isKnownToDiffer || this.#view.mayDiffer(before)
    before.destroy()
    await this.join(opened)
    if (mayDiffer && !this.#hasDiscarded) this.#view.bringAlong()
    this.#hasDiscarded = false
  }

  /** Someone else wants to write: everything that is here goes to the office first. */
  async #handOver(): Promise<void> {
    await this.#view.flush?.()
    this.#shared?.send({ type: 'handed-over' })
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
    this.#view.setReadOnly(true)
    this.#shared?.destroy()
    const actions = this.#view.rescue().slice(-1)
    this.#page.notices.show({ kind: 'ended', text: readOnlyText(why), tone: 'warning', actions })
    if (why.code === 'expired') this.#page.host.send({ MessageId: 'App_TokenExpired', Values: {} })
    else this.#page.host.send({ MessageId: 'Session_Closed', Values: { Reason: 'DocumentDisconnected' } })
    this.#tell()
  }

  /** Waits a moment for the office to have everything; it saves by itself when the page has gone. `false`: it has not. */
  async #settle(): Promise<boolean> {
    if (!(await this.#flush())) return false
    this.#shared?.destroy()
    return true
  }

  /** Gives the office what it lacks. `false`: it does not take it within a moment. */
  async #flush(): Promise<boolean> {
    const isBehind = () => this.#isBehind && this.#readOnly === undefined
    if (isBehind()) void this.#view.flush?.()
    for (let waited = 0; waited < settleWithin && isBehind(); waited += settleStep) {
      await new Promise((resolve) => setTimeout(resolve, settleStep))
    }
    return !isBehind()
  }
}
