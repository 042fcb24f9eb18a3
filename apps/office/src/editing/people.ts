import { randomUUID } from 'node:crypto'
import type { Person } from '../session-messages.ts'
import { type Page, type Participant, whyReadOnly } from './participant.ts'

const colors = 8

/** Who has one document open. */
export class People {
  readonly #all = new Map<string, Participant>()
  #lastView = 0
  #lastWriter: Participant | undefined

  all(): readonly Participant[] {
    return [...this.#all.values()]
  }

  find(ticketId: string): Participant | undefined {
    return this.#all.get(ticketId)
  }

  add({ ticketId, ticket, info }: Page, now: number): Participant {
    const participant: Participant = {
      id: randomUUID(),
      ticketId,
      ticket,
      userId: info.UserId,
      view: ++this.#lastView,
      name: info.UserFriendlyName ?? '',
      color: this.#colorOf(info.UserId),
      connections: new Set(),
      readOnly: whyReadOnly(info, ticket.action),
      checkedAt: now,
      hasBeenWarned: false,
      leaving: undefined,
    }
    this.#all.set(ticketId, participant)
    return participant
  }

  remove(participant: Participant): void {
    clearTimeout(participant.leaving)
    this.#all.delete(participant.ticketId)
  }

  /** Remembers who wrote last: the next save is theirs. */
  wrote(participant: Participant): void {
    this.#lastWriter = participant
  }

  /** Whose token a save carries: the last writer's while it is good, else that of anyone who may write. */
  writer(): Participant | undefined {
    const writers = this.all().filter((one) => one.readOnly === undefined)
    return writers.find((one) => one === this.#lastWriter) ?? writers[0]
  }

  /** As everyone sees them. `isOpen`: whether the document takes changes at all. */
  described(isOpen: boolean): readonly Person[] {
    return this.all()
      .filter(({ connections }) => connections.size > 0)
      .map(({ id, userId, view, name, color, readOnly, connections }) => ({
        id,
        userId,
        view,
        name,
        color,
        canWrite: isOpen && readOnly === undefined,
        cursors: [...connections].flatMap(({ document, webSocket }) => [...document.getClients(webSocket)]),
      }))
  }

  #colorOf(userId: string): number {
    const same = this.all().find((one) => one.userId === userId)
    if (same) return same.color
    const taken = new Set(this.all().map((one) => one.color))
    const free = Array.from({ length: colors }, (_, index) => index).find((index) => !taken.has(index))
    return free ?? this.#all.size % colors
  }
}
