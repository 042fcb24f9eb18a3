import type { Coming } from '../session-messages.ts'
import type { Participant } from './participant.ts'

/** How long whoever writes has for handing over what is not with the office yet, in milliseconds. */
const handOverWithin = 8_000
/** How long whoever wrote before has for coming back when a document is opened once more, in milliseconds. */
const keptFor = 15_000

/** Who writes, where changes of two people cannot be merged: one at a time. */
export class Pen {
  #holder: Participant | undefined
  /** Whether the holder has done more than to come first: then nobody else gets it for having had it before. */
  #isUsed = false
  /** Those who followed someone when they last heard of the document: that one may be on the way back. */
  readonly #followers = new Set<Participant>()
  #isKept = true
  #handedOver: () => void = () => {}

  /** `free`: called when those who waited for someone to come back need not any longer. */
  constructor(free: () => void) {
    setTimeout(() => {
      this.#isKept = false
      if (this.#followers.size === 0) return
      this.#followers.clear()
      free()
    }, keptFor).unref()
  }

  /** Whoever writes now. Where that one has gone, the next who may. `undefined`: nobody may, or whoever did is awaited. */
  holder(people: readonly Participant[]): Participant | undefined {
    const writers = people.filter(({ readOnly }) => readOnly === undefined)
    if (!writers.some((one) => one === this.#holder)) this.#pass(writers.find((one) => !this.#followers.has(one)))
    return this.#holder
  }

  /** A page connects. Whoever wrote goes on, unless someone has begun to write meanwhile; whoever followed waits for that one. */
  comes(participant: Participant, as: Coming): void {
    if (this.#isUsed || participant.readOnly !== undefined) return
    if (as === 'writing') {
      this.#followers.clear()
      this.#pass(participant)
      this.#isUsed = true
    }
    if (as !== 'following' || !this.#isKept) return
    this.#followers.add(participant)
    if (this.#holder === participant) this.#pass(undefined)
  }

  /** This one has written. */
  wrote(participant: Participant): void {
    if (participant === this.#holder) this.#isUsed = true
  }

  /** Gives it to someone else, once the holder has handed over everything, or after a while. `ask` asks the holder. */
  async give(participant: Participant, ask: (holder: Participant) => void): Promise<void> {
    const holder = this.#holder
    if (holder === participant) return
    if (holder && holder.connections.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, handOverWithin).unref()
        this.#handedOver = () => {
          clearTimeout(timer)
          resolve()
        }
        ask(holder)
      })
    }
    this.#followers.clear()
    this.#pass(participant)
    this.#isUsed = true
  }

  #pass(to: Participant | undefined): void {
    this.#holder = to
    this.#isUsed = false
  }

  /** This one has nothing more to send. */
  handedOver(participant: Participant): void {
    if (participant === this.#holder) this.#handedOver()
  }
}
