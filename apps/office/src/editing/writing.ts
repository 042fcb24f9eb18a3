import { type EditSession, openEditSession, type SessionState } from '@openwopi/client'
import type { CheckFileInfo } from '@openwopi/protocol'
import { DocumentError } from '../documents/package/document-error.ts'
import type { ReadOnlyReason, SaveOutcome, SaveState } from '../session-messages.ts'
import type { Ticket } from '../tickets.ts'
import { type Debounced, debounced } from './debounce.ts'
import { hashOf } from './document-store.ts'
import type { Draft, Outgoing } from './draft.ts'
import { Fenced } from './fenced.ts'
import type { Claim } from './homes.ts'
import { NotNoted } from './not-noted.ts'
import type { OfficePorts } from './office-ports.ts'
import { readContent } from './read-content.ts'

/** A change is saved at the latest this long after it, in milliseconds, however long its author types on. */
const saveAtLeastEvery = 30_000
/** How long an unlock after which nobody waits for a save may take, in milliseconds. */
const dropWithin = 5_000

/** What a session is asked and told while its text is written to the host. */
export interface WritingEvents {
  /** Whose token the next save carries. `undefined`: nobody's is better than the last one's. */
  readonly writer: () => { readonly ticket: Ticket } | undefined
  /** How things stand has changed. */
  readonly moved: () => void
  /** The token of the last call has ended. */
  readonly tokenEnded: (accessToken: string) => void
  /** The file has become another one, and is to be read again. */
  readonly behind: () => void
  /** Another node has the document. */
  readonly fenced: (cause: Fenced) => void
  readonly tell: (what: string, cause: unknown) => void
}

/** One lock, and the saves under it: how a draft gets to the host. */
export class Writing {
  readonly #claim: Claim
  readonly #draft: Draft
  readonly #ports: OfficePorts
  readonly #events: WritingEvents
  readonly #autosave: Debounced
  #editing: EditSession | undefined
  #refused: ReadOnlyReason | undefined
  #savedAt: number | undefined
  /** Whether the last save was not sent, since it could not be noted. */
  #isUnnoted = false
  /** Why the changes cannot be written, as a sentence. */
  #obstacle: string | undefined
  #version: string
  /** What the calls of the edit session carry. */
  #token = ''

  constructor(text: { claim: Claim; draft: Draft; version: string }, ports: OfficePorts, events: WritingEvents) {
    this.#claim = text.claim
    this.#draft = text.draft
    this.#version = text.version
    this.#ports = ports
    this.#events = events
    this.#autosave = debounced({ after: ports.autosaveAfter, atMost: saveAtLeastEvery }, () => {
      this.save({ isAutosave: true }).catch((cause) => events.tell('not saved', cause))
    })
  }

  /** Whether there is a lock to write under, or was one until it was lost. */
  get isOn(): boolean {
    return this.#editing !== undefined
  }

  /** The host's version of what the text grew from, or was last saved as. */
  get version(): string {
    return this.#version
  }

  /** Why nobody can write. `undefined`: nothing stands in the way. */
  get refusal(): ReadOnlyReason | undefined {
    const state = this.#editing?.state
    return state?.is === 'lost' ? { code: `lost-${state.why}`, ...by(state) } : this.#refused
  }

  get saveState(): SaveState {
    const { hasUnsaved } = this.#draft
    const saved: SaveState = { is: 'saved', ...(this.#savedAt !== undefined && { savedAt: this.#savedAt }) }
    const is = this.#editing?.state.is
    if (hasUnsaved && this.#obstacle !== undefined) return { is: 'stopped', hasUnsaved, why: this.#obstacle }
    if (is === 'open' && hasUnsaved && this.#isUnnoted) return { is: 'offline' }
    if (is === 'open') return hasUnsaved ? { is: 'unsaved' } : saved
    if (is === 'saving' || is === 'offline') return { is }
    return is === undefined && !hasUnsaved ? saved : { is: 'stopped', hasUnsaved }
  }

  /** Takes the lock in the name of `ticket`, or goes on with its token where one has ended. */
  async start(ticket: Ticket): Promise<void> {
    if (this.#editing?.state.is === 'token-expired') this.use(ticket.accessToken)
    if (this.#editing) return
    this.#token = ticket.accessToken
    const lockId = this.#ports.lockIds.of(this.#claim)
    const editing = await openEditSession({
      client: this.#ports.client(this.#claim.wopiSrc, ticket.accessToken),
      lockId,
      takesOver: (lock) => this.#ports.lockIds.isEarlier(lock, this.#claim),
      ...(ticket.sessionContext && { sessionContext: ticket.sessionContext }),
      onState: (state) => this.#moved(state),
    })
    this.#refused = editing.state.is === 'read-only' ? whyRefused(editing.state) : undefined
    if (this.#refused) {
      await editing.close()
      return
    }
    this.#editing = editing
    if (editing.version !== this.#version && !(await this.#isStillBase(ticket, editing.info))) this.#events.behind()
    else if (this.#draft.hasUnsaved) this.#autosave.ask()
  }

  /** Whether the host's content is what this text grew from, although its version is another one. */
  async #isStillBase(ticket: Ticket, info: CheckFileInfo): Promise<boolean> {
    const now = await readContent(this.#ports.client(this.#claim.wopiSrc, ticket.accessToken), info)
    return this.#draft.continues(hashOf(now.bytes))
  }

  /** There is something to save, a while after the last time this was said. */
  saveSoon(): void {
    this.#autosave.ask()
  }

  /** Sends the host what it lacks, and says whether the host has taken it. */
  async save(how: { isAutosave?: boolean } = {}): Promise<SaveOutcome> {
    this.#autosave.cancel()
    const editing = this.#editing
    const outgoing = editing && (await this.#outgoing())
    if (editing !== this.#editing) return 'failed'
    const isStored = editing && outgoing && (await this.#put(editing, outgoing, how))
    this.#events.moved()
    if (outgoing) return isStored ? 'stored' : 'failed'
    return editing && this.#obstacle === undefined ? 'unmodified' : 'failed'
  }

  /** What the host lacks. `undefined`: nothing, or nothing that can be written without losing something else. */
  async #outgoing(how: { isLast?: boolean } = {}): Promise<Outgoing | undefined> {
    try {
      const outgoing = await this.#draft.outgoing(how)
      this.#obstacle = undefined
      this.#isUnnoted = false
      return outgoing
    } catch (cause) {
      if (cause instanceof NotNoted) this.#waitToNote()
      if (cause instanceof Fenced) this.#events.fenced(cause)
      if (!(cause instanceof DocumentError)) throw cause
      this.#obstacle = cause.message
      this.#events.tell('changes kept for later', cause)
      return undefined
    }
  }

  async #lastOutgoing(how: { isLast?: boolean }): Promise<Outgoing | undefined> {
    try {
      return await this.#outgoing(how)
    } catch (cause) {
      if (!(cause instanceof NotNoted)) throw cause
      this.#autosave.cancel()
      this.#events.tell('changes kept for later', cause)
      return undefined
    }
  }

  #waitToNote(): void {
    this.#isUnnoted = true
    this.#autosave.ask()
    this.#events.moved()
  }

  /** Tries now what is tried again later anyway, or what was given up. */
  async retry(): Promise<void> {
    this.#editing?.retry()
    await this.save()
  }

  /** From now on in the name of whoever this token is for. */
  use(accessToken: string): void {
    this.#token = accessToken
    this.#editing?.use(accessToken)
  }

  /** The edit session has the content as soon as this is called; it is with the host when this has ended. */
  async #put(
    editing: EditSession,
    outgoing: Outgoing,
    how: { isAutosave?: boolean; isExitSave?: boolean },
  ): Promise<boolean> {
    const writer = this.#events.writer()
    if (writer) this.use(writer.ticket.accessToken)
    const { content, editors } = outgoing
    const result = await editing.save(content, { ...how, editors, isModifiedByUser: true })
    if (!result.isStored) return false
    this.#version = result.version
    this.#savedAt = this.#ports.now()
    await this.#draft.stored(outgoing)
    return true
  }

  /**
   * Saves, then unlocks. What cannot be saved within so many milliseconds stays with the draft. `isLast`: nobody is there any
   * more who could bring it again.
   */
  async stop(within: number, how: { isLast?: boolean } = {}): Promise<void> {
    this.#autosave.cancel()
    const editing = this.#editing
    if (!editing) return
    const outgoing = this.#draft.hasUnsaved ? await this.#lastOutgoing(how) : undefined
    const saving = outgoing && this.#put(editing, outgoing, { isExitSave: true })
    const closed = await editing.close({ within })
    await saving
    this.#editing = undefined
    if (!closed.isSaved) this.#events.tell('changes kept for later', closed.cause)
    else if (closed.lockLeft) this.#events.tell('lock left to expire', closed.lockLeft)
  }

  /** Ends without saving. */
  async drop(): Promise<void> {
    this.#autosave.cancel()
    const editing = this.#editing
    this.#editing = undefined
    editing?.discard()
    await editing?.close({ within: dropWithin })
  }

  /** Ends at once: the lock and all that was written are another node's now. */
  async leave(): Promise<void> {
    this.#autosave.cancel()
    const editing = this.#editing
    this.#editing = undefined
    editing?.discard()
    await editing?.close({ within: 0, keepLock: true })
  }

  #moved(state: SessionState): void {
    const { hasUnsaved } = this.#draft
    if (state.is === 'token-expired') this.#events.tokenEnded(this.#token)
    // After a token or a lock came back, what was given up before is still to be saved.
    if (state.is === 'open' && hasUnsaved) this.#autosave.ask()
    if (state.is === 'lost' && state.why === 'changed' && !hasUnsaved) this.#events.behind()
    else this.#events.moved()
  }
}

const by = ({ reason }: { reason?: string }): { by?: string } => (reason ? { by: reason } : {})

const whyRefused = (state: SessionState & { is: 'read-only' }): ReadOnlyReason => ({
  code: state.why === 'asked' ? 'view' : state.why,
  ...by(state),
})
