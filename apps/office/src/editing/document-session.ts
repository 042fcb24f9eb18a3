import type { Connection, DirectConnection, Document } from '@hocuspocus/server'
import type { CheckFileInfo } from '@openwopi/protocol'
import * as Y from 'yjs'
import type { Coming, FromOffice, ReadOnlyReason, SaveOutcome } from '../session-messages.ts'
import type { SharedForm } from './document-form.ts'
import { Draft } from './draft.ts'
import { Fenced } from './fenced.ts'
import type { Claim } from './homes.ts'
import type { OfficePorts } from './office-ports.ts'
import type { Page, Participant } from './participant.ts'
import { People } from './people.ts'
import type { FileContent } from './read-content.ts'
import type { Beginning } from './resume.ts'
import { tellPeople } from './tell-people.ts'
import { Turns } from './turns.ts'
import { Writers } from './writers.ts'
import { Writing } from './writing.ts'

/** How long the last one to leave keeps a save waiting for its host, in milliseconds. */
const stopWithin = 30_000

export interface SessionStart {
  readonly claim: Claim
  readonly content: FileContent
  readonly beginning: Beginning
  readonly direct: DirectConnection
  readonly document: Document
}

/** One document that people have open: one shared form of it, one lock, one way to the host. */
export class DocumentSession {
  readonly claim: Claim
  readonly wopiSrc: string
  readonly documentName: string
  readonly people = new People()
  readonly #ports: OfficePorts
  readonly #direct: DirectConnection
  readonly #document: Document
  readonly #draft: Draft
  readonly #writing: Writing
  readonly #writers: Writers
  readonly #turns = new Turns()
  readonly #form: SharedForm
  /** The file as it was when it was opened. */
  readonly #content: Uint8Array
  #isOver = false

  constructor({ claim, content, beginning, direct, document }: SessionStart, ports: OfficePorts) {
    const { wopiSrc } = claim
    this.claim = claim
    this.wopiSrc = wopiSrc
    this.documentName = beginning.documentName
    this.#ports = ports
    this.#direct = direct
    this.#document = document
    this.#form = beginning.form
    this.#content = content.form.template ?? content.bytes
    const tell = (what: string, cause: unknown) => ports.observe({ what, wopiSrc, cause })
    const fenced = (cause: Fenced) => void this.leave(cause)
    this.#draft = new Draft({ ...beginning, document, claim }, { store: ports.store, now: ports.now, tell, fenced })
    this.#writing = new Writing({ claim, draft: this.#draft, version: content.version }, ports, {
      writer: () => this.people.writer(),
      moved: () => this.announce(),
      tokenEnded: (accessToken) => this.#nextToken(accessToken),
      behind: () => void this.#readAgain().catch((cause) => tell('document not read again', cause)),
      fenced,
      tell,
    })
    const [refusal, moved] = [() => this.#refusal(), () => this.announce()]
    this.#writers = new Writers({ people: this.people, form: this.#form, refusal, moved })
  }

  /** Ended, or about to: whoever comes now begins another one. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Resolves once whatever is under way has ended. */
  settled(): Promise<void> {
    return this.#turns.take(async () => {})
  }

  /** How the file is shared and written. */
  get form(): SharedForm {
    return this.#form
  }

  /** What the shared document grew from. */
  get content(): Uint8Array {
    return this.#content
  }

  /** The file as people see it now, whether the host has it or not. Throws `DocumentError`. */
  whole(): Promise<Buffer> {
    return this.#draft.whole()
  }

  /** Whether anyone can write. */
  get isWritable(): boolean {
    return this.#writing.isOn && this.#refusal() === undefined
  }

  /** Why this participant cannot write now. `undefined`: they can. */
  readOnlyFor(participant: Participant): ReadOnlyReason | undefined {
    return this.#writers.readOnlyFor(participant)
  }

  /** A page connects, and says what it was here before. */
  comes(participant: Participant, as: Coming): void {
    this.#writers.comes(participant, as)
    this.announce()
  }

  /** Someone wants to write instead of whoever writes now. */
  async takeOver(participant: Participant): Promise<void> {
    if (await this.#writers.takeOver(participant)) this.announce()
  }

  /** Whoever writes has sent everything. */
  handedOver(participant: Participant): void {
    this.#writers.handedOver(participant)
  }

  #refusal(): ReadOnlyReason | undefined {
    return this.#form.refusal ?? this.#writing.refusal
  }

  /** Lets someone in. The first who may write takes the lock. */
  async admit(page: Page): Promise<Participant> {
    const participant = this.people.add(page, this.#ports.now())
    try {
      if (participant.readOnly === undefined) await this.startEditing()
      // With the lock may come the news that the file is another one by now, and that ends this session.
      await this.#turns.take(async () => {})
    } catch (cause) {
      this.people.remove(participant)
      throw cause
    }
    return participant
  }

  /** Takes the lock where nobody has it yet, or goes on with another token where one has ended. */
  startEditing(): Promise<void> {
    return this.#turns.take(async () => {
      const writer = this.people.writer()
      if (!writer || this.#isOver || this.#form.refusal) return
      await this.#writing.start(writer.ticket)
      this.announce()
    })
  }

  /** The file is at this version, as the host says. Where nobody edits it here, it may have become another one. */
  async isAt({ Version }: CheckFileInfo): Promise<void> {
    if (!this.#writing.isOn && !this.#draft.hasUnsaved && Version !== this.#writing.version) await this.discard()
  }

  /**
   * Takes in what someone's page has sent. Resolves once it lasts: until then, the page is not told that it has arrived.
   * `origin` is its connection, which is not told what it said itself.
   */
  async take(participant: Participant, update: Uint8Array, origin: Connection): Promise<void> {
    if (this.#isOver) throw new Error('the session has ended')
    let isNew = false
    const note = () => {
      isNew = true
    }
    this.#document.on('update', note)
    Y.applyUpdate(this.#document, update, origin)
    this.#document.off('update', note)
    // What continues a change that is still to come is seen only then, but has arrived.
    if (isNew || this.#document.store.pendingStructs || this.#document.store.pendingDs)
      this.#changed(participant, update)
    await this.#draft.lasting()
  }

  /** Someone has typed. */
  #changed(participant: Participant, update: Uint8Array): void {
    const hadUnsaved = this.#draft.hasUnsaved
    this.people.wrote(participant)
    this.#writers.wrote(participant)
    this.#draft.changed(participant.userId, update)
    this.#writing.saveSoon()
    if (!hadUnsaved) this.announce()
  }

  save(how: { isAutosave?: boolean } = {}): Promise<SaveOutcome> {
    return this.#writing.save(how)
  }

  /** Saves what would otherwise be saved too late. */
  saveInTime(): void {
    this.save({ isAutosave: true }).catch((cause) =>
      this.#ports.observe({ what: 'not saved', wopiSrc: this.wopiSrc, cause }),
    )
  }

  /** Tries once more to save, or to get the lock that was refused. */
  retry(): Promise<void> {
    return this.#writing.isOn ? this.#writing.retry() : this.startEditing()
  }

  /** Gives up what the host lacks, and has every page read the file again. */
  discard(): Promise<void> {
    return this.#beginAnew(() => this.#draft.discard())
  }

  /** The file has become another one. What the host lacks fits to it no more, and is put aside. */
  #readAgain(): Promise<void> {
    return this.#beginAnew(() => (this.#draft.hasUnsaved ? this.#draft.putAside() : this.#draft.discard()))
  }

  #beginAnew(drop: () => Promise<void>): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#isOver) return
      this.#isOver = true
      this.broadcast({ type: 'reload' })
      await drop()
        .then(() => this.#writing.drop())
        .finally(() => this.#letGo())
    })
  }

  /** Another node has the document: lets go of everything, and has the pages connect again. */
  async leave(cause = new Fenced()): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    this.#ports.observe({ what: 'session taken over by another node', wopiSrc: this.wopiSrc })
    this.sendAway()
    await this.#draft.leave(cause)
    await this.#writing.leave()
    await this.#letGo()
  }

  /** Someone has left. The last writer hands the lock back; with the last person the session ends, as `end` does. */
  async left(participant: Participant, how: { isKept?: boolean } = {}): Promise<void> {
    const couldWrite = participant.readOnly === undefined || participant.readOnly.code === 'expired'
    this.people.remove(participant)
    const next = this.people.writer() ?? (couldWrite ? participant : undefined)
    if (next) this.#writing.use(next.ticket.accessToken)
    if (this.people.all().length === 0) return this.end(how)
    if (!this.people.writer()) await this.#turns.take(() => this.#writing.stop(stopWithin))
    this.announce()
  }

  /** Saves, unlocks, ends. What cannot be saved within `within` milliseconds stays on disk; everything if `isKept`. */
  async end({ within = stopWithin, isKept = false } = {}): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    this.sendAway()
    await this.#turns.take(() => this.#stop(within, isKept).finally(() => this.#letGo()))
  }

  async #stop(within: number, isKept: boolean): Promise<void> {
    try {
      await this.#writing.stop(within, { isLast: !isKept })
      await this.#draft.end(isKept)
    } catch (cause) {
      if (!(cause instanceof Fenced)) throw cause
      await this.#writing.leave()
    }
  }

  async #letGo(): Promise<void> {
    for (const participant of this.people.all()) this.people.remove(participant)
    await this.#direct.disconnect()
    const { homes, observe } = this.#ports
    await homes
      .release(this.claim)
      .catch((cause) => observe({ what: 'session not released', wopiSrc: this.wopiSrc, cause }))
  }

  /** Has the pages that are still connected come again, wherever the document lives by then. */
  sendAway(): void {
    for (const { connections } of this.people.all()) for (const { webSocket } of connections) webSocket.close(1012)
  }

  /** Goes on with the token of someone else who may write. */
  #nextToken(accessToken: string): void {
    const ended = this.people.all().find(({ ticket }) => ticket.accessToken === accessToken)
    if (ended) ended.readOnly = { code: 'expired' }
    const next = this.people.writer()
    if (next) this.#writing.use(next.ticket.accessToken)
  }

  /** Tells everyone how things stand, and lets write only who may. */
  announce(): void {
    if (this.#isOver) return
    const { people, isWritable } = this
    this.broadcast({ type: 'state', save: this.#writing.saveState })
    tellPeople({ people, isWritable, readOnlyFor: (one) => this.readOnlyFor(one) })
  }

  broadcast(message: FromOffice): void {
    this.#document.broadcastStateless(JSON.stringify(message))
  }
}
