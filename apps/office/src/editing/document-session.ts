import type { DirectConnection, Document } from '@hocuspocus/server'
import type { CheckFileInfo } from '@openwopi/protocol'
import * as Y from 'yjs'
import type { FromOffice, ReadOnlyReason, SaveOutcome } from '../session-messages.ts'
import type { SharedForm } from './document-form.ts'
import { Draft } from './draft.ts'
import type { OfficePorts } from './office-ports.ts'
import type { Page, Participant } from './participant.ts'
import { Pen } from './pen.ts'
import { People } from './people.ts'
import type { FileContent } from './read-content.ts'
import type { Beginning } from './resume.ts'
import { Turns } from './turns.ts'
import { Writing } from './writing.ts'

/** How long the last one to leave keeps a save waiting for its host, in milliseconds. */
const stopWithin = 30_000

export interface SessionStart {
  readonly wopiSrc: string
  readonly content: FileContent
  readonly beginning: Beginning
  readonly direct: DirectConnection
  readonly document: Document
}

/** One document that people have open: one shared form of it, one lock, one way to the host. */
export class DocumentSession {
  readonly wopiSrc: string
  readonly documentName: string
  readonly people = new People()
  readonly #pen = new Pen()
  readonly #ports: OfficePorts
  readonly #direct: DirectConnection
  readonly #document: Document
  readonly #draft: Draft
  readonly #writing: Writing
  readonly #turns = new Turns()
  readonly #form: SharedForm
  /** The file as it was when it was opened. */
  readonly #content: Uint8Array
  #isOver = false
  #isDiscarded = false

  constructor({ wopiSrc, content, beginning, direct, document }: SessionStart, ports: OfficePorts) {
    this.wopiSrc = wopiSrc
    this.documentName = beginning.documentName
    this.#ports = ports
    this.#direct = direct
    this.#document = document
    this.#form = beginning.form
    this.#content = content.form.template ?? content.bytes
    const tell = (what: string, cause: unknown) => ports.observe({ what, wopiSrc, cause })
    this.#draft = new Draft({ ...beginning, document, wopiSrc }, { store: ports.store, now: ports.now, tell })
    this.#writing = new Writing({ wopiSrc, draft: this.#draft, version: content.version }, ports, {
      writer: () => this.people.writer(),
      moved: () => this.announce(),
      tokenEnded: (accessToken) => this.#nextToken(accessToken),
      behind: () => void this.discard().catch((cause) => tell('document not read again', cause)),
      tell,
    })
  }

  /** Ended, or about to: whoever comes now begins another one. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Ended with its changes thrown away: whoever still holds that must not bring it back. */
  get isDiscarded(): boolean {
    return this.#isDiscarded
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
    return participant.readOnly ?? this.#refusal() ?? this.#taken(participant)
  }

  /** Someone else writes, and two cannot. */
  #taken(participant: Participant): ReadOnlyReason | undefined {
    if (!this.#form.hasOneWriter) return undefined
    const holder = this.#pen.holder(this.people.all())
    if (!holder || holder === participant) return undefined
    return { code: 'taken', ...(holder.name && { by: holder.name }) }
  }

  /** Someone wants to write instead of whoever writes now. */
  async takeOver(participant: Participant): Promise<void> {
    if (this.#taken(participant) === undefined) return
    await this.#pen.give(participant, ({ connections }) => {
      const message: FromOffice = { type: 'hand-over' }
      for (const connection of connections) connection.sendStateless(JSON.stringify(message))
    })
    this.announce()
  }

  /** Whoever writes has sent everything. */
  handedOver(participant: Participant): void {
    this.#pen.handedOver(participant)
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

  /** Someone has typed. */
  changed(participant: Participant): void {
    const hadUnsaved = this.#draft.hasUnsaved
    this.people.wrote(participant)
    this.#draft.changed(participant.userId)
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
    return this.#turns.take(async () => {
      if (this.#isOver) return
      this.#isOver = true
      this.#isDiscarded = true
      this.broadcast({ type: 'reload' })
      await this.#draft.discard()
      await this.#writing.drop()
      await this.#letGo()
    })
  }

  /** Someone has left. The last writer hands the lock back; with the last person the session ends. */
  async left(participant: Participant): Promise<void> {
    const couldWrite = participant.readOnly === undefined || participant.readOnly.code === 'expired'
    this.people.remove(participant)
    const next = this.people.writer() ?? (couldWrite ? participant : undefined)
    if (next) this.#writing.use(next.ticket.accessToken)
    if (this.people.all().length === 0) return this.end()
    if (!this.people.writer()) await this.#turns.take(() => this.#writing.stop(stopWithin))
    this.announce()
  }

  /** Saves, unlocks, ends. What cannot be saved within `within` milliseconds stays on disk; everything if `isKept`. */
  async end({ within = stopWithin, isKept = false } = {}): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    await this.#turns.take(async () => {
      await this.#writing.stop(within)
      await this.#draft.end(isKept)
      await this.#letGo()
    })
  }

  async #letGo(): Promise<void> {
    for (const participant of this.people.all()) this.people.remove(participant)
    await this.#direct.disconnect()
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
    const people = this.people.described(this.isWritable)
    this.broadcast({ type: 'state', save: this.#writing.saveState })
    for (const participant of this.people.all()) {
      const readOnly = this.readOnlyFor(participant)
      for (const connection of participant.connections) {
        connection.readOnly = readOnly !== undefined || !this.isWritable
        const send = (message: FromOffice) => connection.sendStateless(JSON.stringify(message))
        send({ type: 'access', ...(readOnly && { readOnly }) })
        send({ type: 'people', people, you: participant.id })
      }
    }
  }

  broadcast(message: FromOffice): void {
    this.#document.broadcastStateless(JSON.stringify(message))
  }
}

/** Opens the shared document that a session is about. */
export async function beginSession(
  wopiSrc: string,
  content: FileContent,
  { beginning, ports }: { beginning: Beginning; ports: OfficePorts },
): Promise<DocumentSession> {
  const direct = await ports.hocuspocus.openDirectConnection(beginning.documentName)
  const { document } = direct
  if (!document) throw new Error('the shared document closed while it was opened')
  Y.applyUpdate(document, beginning.state)
  // From here on it is known what the document is, or that it cannot be written, of which the draft tells.
  await beginning.form.written?.(document).catch(() => {})
  return new DocumentSession({ wopiSrc, content, beginning, direct, document }, ports)
}
