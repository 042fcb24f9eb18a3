import type { Opened } from '../session-messages.ts'
import type { Ticket } from '../tickets.ts'
import { beginSession, type DocumentSession } from './document-session.ts'
import type { OfficePorts } from './office-ports.ts'
import { type Page, type Participant, whyReadOnly } from './participant.ts'
import { NotOpened, readContent } from './read-content.ts'
import { resume } from './resume.ts'
import { Turns } from './turns.ts'
import { keepWatch } from './watch.ts'
import { whyNot } from './why-not.ts'

/** A page that comes for a document: what it found, and its place in it. */
export interface Place {
  readonly session: DocumentSession
  readonly participant: Participant
}

/** How long a page may take to connect, or to come back when its network is gone, in milliseconds. */
const awayFor = 30_000

/** The documents that are open, one session for each file. */
export class Sessions {
  readonly #ports: OfficePorts
  readonly #open = new Map<string, DocumentSession>()
  /** Opening and ending a file's session never overlap. */
  readonly #turns = new Map<string, Turns>()
  /** Names of shared documents that were thrown away. */
  readonly #spent = new Set<string>()
  #isClosing = false

  constructor(ports: OfficePorts) {
    this.#ports = ports
  }

  /** Opens a document for a page, and says what the page needs to know. */
  async open(ticketId: string): Promise<Opened> {
    try {
      const place = await this.place(ticketId)
      return place ? await this.#describe(place) : { is: 'refused', why: 'ended' }
    } catch (cause) {
      if (cause instanceof NotOpened) return { is: 'refused', ...cause.refusal }
      this.#ports.observe({ what: 'document not opened', cause })
      return { is: 'refused', why: whyNot(cause) }
    }
  }

  async #describe({ session, participant }: Place): Promise<Opened> {
    const readOnly = session.readOnlyFor(participant)
    const leftover = participant.readOnly ? undefined : await this.#ports.store.leftover(session.wopiSrc)
    return {
      is: session.form.kind,
      document: session.documentName,
      you: participant.id,
      ...(readOnly && { readOnly }),
      ...(leftover && { leftoverAt: leftover.changedAt }),
    }
  }

  /** A page's place in its document; taken now where it has none. `undefined`: its ticket has ended. */
  async place(ticketId: string): Promise<Place | undefined> {
    const ticket = await this.#ports.tickets.find(ticketId)
    if (this.#isClosing) throw new Error('the office is closing')
    if (!ticket) return undefined
    return this.#inTurn(
      ticket.wopiSrc,
      async () => this.#seated(ticketId, ticket) ?? (await this.#seat(ticketId, ticket)),
    )
  }

  #seated(ticketId: string, { wopiSrc }: Ticket): Place | undefined {
    const session = this.#open.get(wopiSrc)
    const participant = session?.people.find(ticketId)
    return session && participant && !session.isOver ? { session, participant } : undefined
  }

  async #seat(ticketId: string, ticket: Ticket): Promise<Place> {
    const { wopiSrc, accessToken, sessionContext } = ticket
    const client = this.#ports.client(wopiSrc, accessToken)
    const { info } = await client.checkFileInfo(sessionContext ? { sessionContext } : {})
    const running = this.#open.get(wopiSrc)
    if (running && !running.isOver) return this.#admit(running, { ticketId, ticket, info })
    if (running) this.#forget(running)
    const content = await readContent(client, info)
    const isSpent = (name: string) => this.#spent.has(name)
    const beginning = await resume(wopiSrc, content, { store: this.#ports.store, isSpent })
    const session = await beginSession(wopiSrc, content, { beginning, ports: this.#ports })
    this.#open.set(wopiSrc, session)
    keepWatch(session, this.#ports)
    const place = await this.#admit(session, { ticketId, ticket, info })
    // The file may have changed between being read and being locked.
    return session.isOver ? this.#seat(ticketId, ticket) : place
  }

  async #admit(session: DocumentSession, page: Page): Promise<Place> {
    try {
      const participant = await session.admit(page)
      this.away(session, participant)
      return { session, participant }
    } catch (cause) {
      if (session.people.all().length === 0) await this.#end(session)
      throw cause
    }
  }

  /** Keeps the place of a page that is not connected for a while, in milliseconds. */
  away(session: DocumentSession, participant: Participant, until = awayFor): void {
    clearTimeout(participant.leaving)
    participant.leaving = setTimeout(() => this.leave(session, participant), until).unref()
  }

  /** Gives up the place of a page that has gone. */
  leave(session: DocumentSession, participant: Participant): void {
    this.#inTurn(session.wopiSrc, async () => {
      if (participant.connections.size > 0 || session.people.find(participant.ticketId) !== participant) return
      await session.left(participant)
      this.#forget(session)
    }).catch((cause) => this.#ports.observe({ what: 'session not ended', wopiSrc: session.wopiSrc, cause }))
  }

  /** The file has another name now. */
  renamed(wopiSrc: string, fileName: string): void {
    this.#open.get(wopiSrc)?.broadcast({ type: 'renamed', fileName })
  }

  /** The session of a file that is open. */
  of(wopiSrc: string): DocumentSession | undefined {
    return this.#open.get(wopiSrc)
  }

  /** The session whose shared document has this name. */
  named(documentName: string): DocumentSession | undefined {
    return [...this.#open.values()].find((session) => session.documentName === documentName)
  }

  /** A page goes on under another token; it must be the same user's. */
  async renewed(ticketId: string, { ticket, info }: Omit<Page, 'ticketId'>): Promise<void> {
    const session = this.#open.get(ticket.wopiSrc)
    const participant = session?.people.find(ticketId)
    if (!session || !participant || participant.userId !== info.UserId) return
    Object.assign(participant, { ticket, readOnly: whyReadOnly(info, ticket.action), hasBeenWarned: false })
    await session.startEditing()
    session.announce()
  }

  /** Saves and unlocks everything. What people still have open is kept on disk, so that they can go on. */
  async close(within: number): Promise<void> {
    this.#isClosing = true
    const all = [...this.#open.values()]
    await Promise.all(all.map((session) => session.end({ within, isKept: true })))
    this.#open.clear()
  }

  async #end(session: DocumentSession): Promise<void> {
    await session.end()
    this.#forget(session)
  }

  #forget(session: DocumentSession): void {
    if (session.isOver && this.#open.get(session.wopiSrc) === session) this.#open.delete(session.wopiSrc)
    if (session.isDiscarded) this.#spent.add(session.documentName)
  }

  #inTurn<T>(wopiSrc: string, step: () => Promise<T>): Promise<T> {
    const turns = this.#turns.get(wopiSrc) ?? new Turns()
    this.#turns.set(wopiSrc, turns)
    return turns.take(step)
  }
}
