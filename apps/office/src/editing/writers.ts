import type { Coming, FromOffice, ReadOnlyReason } from '../session-messages.ts'
import type { SharedForm } from './document-form.ts'
import type { Participant } from './participant.ts'
import { Pen } from './pen.ts'
import type { People } from './people.ts'

export interface WritersStart {
  readonly people: People
  readonly form: SharedForm
  /** Why nobody can write. `undefined`: nothing stands in the way. */
  readonly refusal: () => ReadOnlyReason | undefined
  /** Someone else may write now. */
  readonly moved: () => void
}

/** Who of those who have a document open can write, and how that passes from one to the other. */
export class Writers {
  readonly #start: WritersStart
  /** `undefined`: changes of several can be merged. */
  readonly #pen: Pen | undefined

  constructor(start: WritersStart) {
    this.#start = start
    this.#pen = start.form.hasOneWriter ? new Pen(start.moved) : undefined
  }

  /** Why this participant cannot write now. `undefined`: they can. */
  readOnlyFor(participant: Participant): ReadOnlyReason | undefined {
    return participant.readOnly ?? this.#start.refusal() ?? this.#taken(participant)
  }

  /** Someone else writes, and two cannot. */
  #taken(participant: Participant): ReadOnlyReason | undefined {
    if (!this.#pen) return undefined
    const holder = this.#pen.holder(this.#start.people.all())
    if (holder === participant) return undefined
    return { code: 'taken', ...(holder?.name && { by: holder.name }) }
  }

  /** A page connects. */
  comes(participant: Participant, as: Coming): void {
    this.#pen?.comes(participant, as)
  }

  /** This one has written. */
  wrote(participant: Participant): void {
    this.#pen?.wrote(participant)
  }

  /** Someone wants to write instead of whoever writes now. `false`: they can already. */
  async takeOver(participant: Participant): Promise<boolean> {
    if (!this.#pen || this.#taken(participant) === undefined) return false
    await this.#pen.give(participant, ({ connections }) => {
      const message: FromOffice = { type: 'hand-over' }
      for (const connection of connections) connection.sendStateless(JSON.stringify(message))
    })
    return true
  }

  /** Whoever writes has sent everything. */
  handedOver(participant: Participant): void {
    this.#pen?.handedOver(participant)
  }
}
