import type { DirectConnection, Document } from '@hocuspocus/server'
import { type EditSession, openEditSession, type SessionState } from '@openwopi/client'
import type { CheckFileInfo } from '@openwopi/protocol'
import * as Y from 'yjs'
import type { FromOffice, ReadOnlyReason, SaveState } from '../session-messages.ts'
import type { Ticket } from '../tickets.ts'
import { type Debounced, debounced } from './debounce.ts'
import { hashOf } from './document-store.ts'
import { Draft, type Outgoing } from './draft.ts'
import type { OfficePorts } from './office-ports.ts'
import type { Page, Participant } from './participant.ts'
import { People } from './people.ts'
import { readContent, type TextContent } from './read-content.ts'
import type { Beginning } from './resume.ts'
import { Turns } from './turns.ts'

/** A change is saved at the latest this long after it, in milliseconds, however long its author types on. */
const saveAtLeastEvery = 30_000

export interface SessionStart {
  readonly wopiSrc: string
  readonly content: TextContent
  readonly beginning: Beginning
  readonly direct: DirectConnection
  readonly document: Document
}

/** One text that people have open: one shared document, one lock, one way to the host. */
export class TextSession {
  readonly wopiSrc: string
  readonly documentName: string
  readonly people = new People()
  readonly #ports: OfficePorts
  readonly #start: SessionStart
  readonly #draft: Draft
  readonly #autosave: Debounced
  readonly #turns = new Turns()
  #editing: EditSession | undefined
  /** Why nobody can write, found when the lock was asked for. */
  #refused: ReadOnlyReason | undefined
  #savedAt: number | undefined
  /** The host's version of what this document grew from, or was last saved as. */
  #version: string
  #isOver = false

  constructor(start: SessionStart, ports: OfficePorts) {
    this.wopiSrc = start.wopiSrc
    this.documentName = start.beginning.documentName
    this.#start = start
    this.#version = start.content.version
    this.#ports = ports
    const { document, wopiSrc, beginning } = start
    this.#draft = new Draft(
      { ...beginning, document, wopiSrc },
      { store: ports.store, now: ports.now, failed: (cause) => this.#tell('change not kept on disk', cause) },
    )
    this.#autosave = debounced({ after: ports.autosaveAfter, atMost: saveAtLeastEvery }, () => {
      void this.save({ isAutosave: true })
    })
    if (start.content.isForeign) this.#refused = { code: 'foreign' }
  }

  /** Ended, or about to: whoever comes now begins another one. */
  get isOver(): boolean {
    return this.#isOver
  }

  get isWritable(): boolean {
    return this.#whyClosed() === undefined && this.#editing !== undefined
  }

  /** Why this participant cannot write now. `undefined`: they can. */
  readOnlyFor(participant: Participant): ReadOnlyReason | undefined {
    return participant.readOnly ?? this.#whyClosed()
  }

  /** Lets someone in. The first who may write takes the lock. */
  async admit(page: Page): Promise<Participant> {
    const participant = this.people.add(page, this.#ports.now())
    if (participant.readOnly === undefined) await this.startEditing()
    return participant
  }

  /** Takes the lock where nobody has it yet, or goes on with another token where one has ended. */
  startEditing(): Promise<void> {
    return this.#turns.take(async () => {
      const writer = this.people.writer()
      if (!writer || this.#isOver || this.#start.content.isForeign) return
      if (this.#editing?.state.is === 'token-expired') this.#editing.use(writer.ticket.accessToken)
      if (!this.#editing) await this.#takeLock(writer)
      this.announce()
    })
  }

  async #takeLock({ ticket }: Participant): Promise<void> {
    const { wopiSrc } = this.#start
    const editing = await openEditSession({
      client: this.#ports.client(wopiSrc, ticket.accessToken),
      lockId: this.#ports.lockId(wopiSrc),
      ...(ticket.sessionContext && { sessionContext: ticket.sessionContext }),
      onState: (state) => this.#moved(state),
    })
    this.#refused = editing.state.is === 'read-only' ? whyRefused(editing.state) : undefined
    if (this.#refused) {
      await editing.close()
      return
    }
    this.#editing = editing
    if (editing.version !== this.#version && !(await this.#isStillBase(ticket, editing.info))) await this.#startAnew()
    else if (this.#draft.hasUnsaved) this.#autosave.ask()
  }

  /** Whether the host's content is what this document grew from, although its version is another one. */
  async #isStillBase(ticket: Ticket, info: CheckFileInfo): Promise<boolean> {
    const now = await readContent(this.#ports.client(this.wopiSrc, ticket.accessToken), info)
    return hashOf(now.bytes) === this.#start.beginning.base
  }

  /** The file is at this version, as the host says. Where nobody edits it here, it may have become another one. */
  async isAt({ Version }: CheckFileInfo): Promise<void> {
    if (!this.#editing && !this.#draft.hasUnsaved && Version !== this.#version) await this.discard()
  }

  /** Someone has typed. */
  changed(participant: Participant): void {
    this.people.wrote(participant)
    this.#draft.changed(participant.userId)
    const wasDue = this.#autosave.isDue
    this.#autosave.ask()
    if (!wasDue) this.announce()
  }

  /** Sends the host what it lacks. */
  async save(how: { isAutosave?: boolean } = {}): Promise<void> {
    this.#autosave.cancel()
    const editing = this.#editing
    const outgoing = editing && (await this.#draft.outgoing())
    if (editing && outgoing) await this.#put(editing, outgoing, how)
    this.announce()
  }

  /** The edit session has the content as soon as this is called; it is with the host when this has ended. */
  async #put(editing: EditSession, outgoing: Outgoing, how: { isAutosave?: boolean; isExitSave?: boolean }) {
    const writer = this.people.writer()
    if (writer) editing.use(writer.ticket.accessToken)
    const { content, editors } = outgoing
    const result = await editing.save(content, { ...how, editors, isModifiedByUser: true })
    if (!result.isStored) return
    await this.#draft.stored(outgoing)
    this.#version = result.version
    this.#savedAt = this.#ports.now()
    if (this.#draft.hasUnsaved && !this.#isOver) this.#autosave.ask()
  }

  /** Tries now what is tried again later anyway, or what was given up. */
  async retry(): Promise<void> {
    if (!this.#editing) return this.startEditing()
    this.#editing.retry()
    await this.save()
  }

  /** Gives up what the host lacks, and has every page read the file again. */
  discard(): Promise<void> {
    return this.#turns.take(() => this.#startAnew())
  }

  async #startAnew(): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    this.#autosave.cancel()
    this.broadcast({ type: 'reload' })
    await this.#draft.discard()
    await this.#editing?.close({ within: 0 })
    await this.#letGo()
  }

  /** Someone has left. The last writer hands the lock back; with the last person the session ends. */
  async left(participant: Participant): Promise<void> {
    if (participant.readOnly === undefined) this.#editing?.use(participant.ticket.accessToken)
    this.people.remove(participant)
    if (this.people.all().length === 0) return this.end()
    if (!this.people.writer()) await this.#turns.take(() => this.#stopEditing(30_000))
    this.announce()
  }

  /** Saves, unlocks, ends. What cannot be saved within `within` milliseconds stays on disk. */
  async end({ within = 30_000, isKept = false } = {}): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    await this.#turns.take(async () => {
      await this.#stopEditing(within)
      await this.#draft.end(isKept)
      await this.#letGo()
    })
  }

  async #stopEditing(within: number): Promise<void> {
    this.#autosave.cancel()
    const editing = this.#editing
    if (!editing) return
    const outgoing = this.#draft.hasUnsaved ? await this.#draft.outgoing() : undefined
    const saving = outgoing && this.#put(editing, outgoing, { isExitSave: true })
    const closed = await editing.close({ within })
    await saving
    this.#editing = undefined
    if (!closed.isSaved) this.#tell('changes kept for later', closed.cause)
    else if (closed.lockLeft) this.#tell('lock left to expire', closed.lockLeft)
  }

  async #letGo(): Promise<void> {
    for (const participant of this.people.all()) this.people.remove(participant)
    await this.#start.direct.disconnect()
  }

  #moved(state: SessionState): void {
    if (state.is === 'token-expired') this.#nextToken()
    const isBehind = state.is === 'lost' && state.why === 'changed' && !this.#draft.hasUnsaved
    if (isBehind) void this.discard()
    else this.announce()
  }

  /** The token of the last call has ended: goes on with that of someone else who may write. */
  #nextToken(): void {
    const ended = this.people.writer()
    if (ended) ended.readOnly = { code: 'expired' }
    const next = this.people.writer()
    if (next) this.#editing?.use(next.ticket.accessToken)
  }

  #whyClosed(): ReadOnlyReason | undefined {
    const state = this.#editing?.state
    return state?.is === 'lost' ? { code: `lost-${state.why}`, ...by(state) } : this.#refused
  }

  saveState(): SaveState {
    const hasUnsaved = this.#draft.hasUnsaved
    const saved: SaveState = { is: 'saved', ...(this.#savedAt !== undefined && { savedAt: this.#savedAt }) }
    switch (this.#editing?.state.is) {
      case 'open':
        return hasUnsaved ? { is: 'unsaved' } : saved
      case 'saving':
        return { is: 'saving' }
      case 'offline':
        return { is: 'offline' }
      case undefined:
        return hasUnsaved ? { is: 'stopped', hasUnsaved } : saved
      default:
        return { is: 'stopped', hasUnsaved }
    }
  }

  /** Tells everyone how things stand, and lets write only who may. */
  announce(): void {
    if (this.#isOver) return
    const people = this.people.described(this.isWritable)
    this.broadcast({ type: 'state', save: this.saveState() })
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
    this.#start.document.broadcastStateless(JSON.stringify(message))
  }

  #tell(what: string, cause: unknown): void {
    this.#ports.observe({ what, wopiSrc: this.wopiSrc, cause })
  }
}

const by = ({ reason }: { reason?: string }): { by?: string } => (reason ? { by: reason } : {})

const whyRefused = (state: SessionState & { is: 'read-only' }): ReadOnlyReason => ({
  code: state.why === 'asked' ? 'view' : state.why,
  ...by(state),
})

/** Opens the shared document that a session is about. */
export async function beginSession(
  wopiSrc: string,
  content: TextContent,
  { beginning, ports }: { beginning: Beginning; ports: OfficePorts },
): Promise<TextSession> {
  const direct = await ports.hocuspocus.openDirectConnection(beginning.documentName)
  const { document } = direct
  if (!document) throw new Error('the shared document closed while it was opened')
  Y.applyUpdate(document, beginning.state)
  return new TextSession({ wopiSrc, content, beginning, direct, document }, ports)
}
