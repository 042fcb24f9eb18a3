import type { FromOffice } from '../../../../src/session-messages.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'

interface Saving {
  readonly send: (ask: number) => void
  /** Why nothing can be saved at the moment, as a sentence. */
  readonly refusal: () => string | undefined
}

interface Asked {
  readonly notify: boolean
  readonly onlyModified: boolean
}

/** The saves that a host's page asks for. Each is answered once, and as done only when the host itself has answered. */
export class AskedSaves {
  readonly #page: Page
  readonly #saving: Saving
  readonly #waiting = new Map<number, Asked>()
  /** Those after which the host's page brings back an earlier version. */
  readonly #restoring = new Set<number>()
  #last = 0

  constructor(page: Page, saving: Saving) {
    this.#page = page
    this.#saving = saving
    page.host.listen(({ MessageId, Values }) => {
      if (MessageId === 'Action_Save') {
        this.#ask({ notify: Values.Notify === true, onlyModified: Values.DontSaveIfUnmodified === true })
      }
      if (MessageId === 'Host_VersionRestore' && Values.Status === 'Pre_Restore') this.#ask('restore')
    })
  }

  #ask(how: Asked | 'restore'): void {
    const ask = ++this.#last
    if (how === 'restore') this.#restoring.add(ask)
    else this.#waiting.set(ask, how)
    this.#saving.send(ask)
    this.look()
  }

  /** The office says what has become of a save. */
  answered({ ask, outcome }: Extract<FromOffice, { type: 'save-answer' }>): void {
    if (this.#restoring.delete(ask) && outcome !== 'failed') {
      this.#page.host.send({ MessageId: 'App_VersionRestore', Values: { Status: 'Pre_Restore_Ack' } })
    }
    const asked = this.#waiting.get(ask)
    if (!asked) return
    const errorMsg = this.#saving.refusal() ?? strings.saving.notSaved
    if (outcome === 'stored') this.#answer(ask, { success: true, fileName: this.#page.fileName })
    if (outcome === 'unmodified') this.#answer(ask, { success: !asked.onlyModified, result: 'unmodified' })
    if (outcome === 'failed') this.#answer(ask, { success: false, errorMsg })
  }

  /** Whoever waits for a save that cannot be made now is told so, although it is tried again. */
  look(): void {
    const errorMsg = this.#waiting.size > 0 ? this.#saving.refusal() : undefined
    if (errorMsg === undefined) return
    for (const ask of [...this.#waiting.keys()]) this.#answer(ask, { success: false, errorMsg })
  }

  #answer(ask: number, Values: { success: boolean; result?: string; errorMsg?: string; fileName?: string }): void {
    const isWanted = this.#waiting.get(ask)?.notify
    this.#waiting.delete(ask)
    if (isWanted) this.#page.host.send({ MessageId: 'Action_Save_Resp', Values })
  }
}
