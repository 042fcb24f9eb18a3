import type { Opened } from '../session-messages.ts'
import type { Ticket } from '../tickets.ts'
import { beginSession } from './begin-session.ts'
import type { DocumentSession } from './document-session.ts'
import type { Claim, Home } from './homes.ts'
import { LivesElsewhere } from './lives-elsewhere.ts'
import type { OfficePorts } from './office-ports.ts'
import { type Page, type Participant, whyReadOnly } from './participant.ts'
import { type FileContent, NotOpened, readContent } from './read-content.ts'
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
  #isClosing = false
  /** Whether this node is out of touch with the others. */
  #isCutOff = false

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
      if (cause instanceof LivesElsewhere) throw cause
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
    if (running) await this.#forget(running)
    const session = await this.#begin(wopiSrc, () => readContent(client, info))
    this.#open.set(wopiSrc, session)
    keepWatch(session, this.#ports)
    const place = await this.#admit(session, { ticketId, ticket, info })
    // The file may have changed between being read and being locked.
    return session.isOver ? this.#seat(ticketId, ticket) : place
  }

  /** Begins a session that lives here. Throws `LivesElsewhere` where there is one on another node. */
  async #begin(wopiSrc: string, read: () => Promise<FileContent>): Promise<DocumentSession> {
    const { homes, store } = this.#ports
    const claimed = await homes.claim(wopiSrc)
    if ('home' in claimed) throw new LivesElsewhere(claimed.home)
    const { claim } = claimed
    try {
      const content = await read()
      const beginning = await resume(claim, content, store)
      return await beginSession(claim, content, { beginning, ports: this.#ports })
    } catch (cause) {
      await homes.release(claim)
      throw cause
    }
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
    participant.leaving = setTimeout(() => this.#vanish(session, participant), until).unref()
  }

  /** Gives up the place of a page that did not come back. It may have been kept from it, and still have something to bring. */
  #vanish(session: DocumentSession, participant: Participant): void {
    if (this.#isCutOff) this.away(session, participant)
    else this.leave(session, participant, { isKept: true })
  }

  /** Gives up the place of a page that has gone. `isKept`: what it shared stays on disk for a while. */
  leave(session: DocumentSession, participant: Participant, how: { isKept?: boolean } = {}): void {
    this.#inTurn(session.wopiSrc, async () => {
      if (participant.connections.size > 0 || session.people.find(participant.ticketId) !== participant) return
      await session.left(participant, how)
      await this.#forget(session)
    }).catch((cause) => this.#ports.observe({ what: 'session not ended', wopiSrc: session.wopiSrc, cause }))
  }

  /** The other node on which a document's session lives. `undefined`: it may live here. */
  async elsewhere(wopiSrc: string): Promise<Home | undefined> {
    return this.#isOpen(wopiSrc) ? undefined : this.#ports.homes.find(wopiSrc)
  }

  #isOpen(wopiSrc: string): boolean {
    return this.#open.get(wopiSrc)?.isOver === false
  }

  /** Ends what this node has no claim on any more. */
  async keepOnly(has: (claim: Claim) => boolean): Promise<void> {
    const lost = [...this.#open.values()].filter((session) => !session.isOver && !has(session.claim))
    await Promise.all(lost.map((session) => session.leave()))
  }

  /** Other nodes may take over what lives here: has all pages connect again, to whichever node takes them. */
  cutOff(): void {
    this.#isCutOff = true
    for (const session of this.#open.values()) session.sendAway()
  }

  /** This node is in touch with the others again. */
  backInTouch(): void {
    this.#isCutOff = false
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
    const { observe, homes } = this.#ports
    const failed = (cause: unknown) => observe({ what: 'session not ended', cause })
    const end = async (session: DocumentSession) => {
      await session.end({ within, isKept: true })
      // Whoever has just left has ended it already, and what they typed may still be on its way to the host.
      await session.settled()
    }
    await Promise.all(all.map((session) => end(session).catch(failed)))
    this.#open.clear()
    await homes.leave().catch(failed)
  }

  async #end(session: DocumentSession): Promise<void> {
    await session.end()
    await this.#forget(session)
  }

  async #forget(session: DocumentSession): Promise<void> {
    if (!session.isOver) return
    await session.settled()
    if (this.#open.get(session.wopiSrc) === session) this.#open.delete(session.wopiSrc)
  }

  #inTurn<T>(wopiSrc: string, step: () => Promise<T>): Promise<T> {
    const turns = this.#turns.get(wopiSrc) ?? new Turns()
    this.#turns.set(wopiSrc, turns)
    return turns.take(step)
  }
}
