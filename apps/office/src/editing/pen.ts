import type { Participant } from './participant.ts'

/** How long whoever writes has for handing over what is not with the office yet, in milliseconds. */
const handOverWithin = 8_000

/** Who writes, where changes of two people cannot be merged: one at a time. */
export class Pen {
  #holder: Participant | undefined
  #handedOver: () => void = () => {}

  /** Whoever writes now. Where that one has gone, the next who may. `undefined`: nobody may. */
  holder(people: readonly Participant[]): Participant | undefined {
    const writers = people.filter(({ readOnly }) => readOnly === undefined)
    if (!writers.some((one) => one === this.#holder)) this.#holder = writers[0]
    return this.#holder
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
    this.#holder = participant
  }

  /** This one has nothing more to send. */
  handedOver(participant: Participant): void {
    if (participant === this.#holder) this.#handedOver()
  }
}
