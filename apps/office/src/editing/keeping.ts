import type { DocumentStore, StoredDocument } from './document-store.ts'
import { Fenced } from './fenced.ts'
import type { Claim } from './homes.ts'
import type { Step } from './steps.ts'
import { Turns } from './turns.ts'

/** So many bytes of steps are cheaper stored as one document. */
const mostAdded = 1024 * 1024
/** How long after a failure it is tried again, in milliseconds. */
const againAfter = 1_000

export interface KeepingPorts {
  readonly store: DocumentStore
  readonly claim: Claim
  /** The whole document as it is now. */
  readonly snapshot: () => StoredDocument
  /** Told when a change could not be kept. */
  readonly tell: (what: string, cause: unknown) => void
  /** Another node has the document now. */
  readonly fenced: (cause: Fenced) => void
}

interface Waiting {
  readonly upTo: number
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

/** Puts changes where they last, one write at a time: those that came meanwhile go together. */
export class Keeping {
  readonly #ports: KeepingPorts
  readonly #turns = new Turns()
  #steps: Step[] = []
  #added = 0
  #kept = 0
  #bytes = 0
  #needsWhole = true
  #waiting: Waiting[] = []
  #retry: NodeJS.Timeout | undefined
  /** Why nothing is kept any more. */
  #end: Error | undefined

  constructor(ports: KeepingPorts) {
    this.#ports = ports
  }

  /** This has happened to the document. */
  add(step: Step): void {
    this.#added++
    this.#steps.push(step)
    this.#write()
  }

  /** Resolves once all that has been added lasts. Rejects if it never will by this node's doing. */
  lasting(): Promise<void> {
    if (this.#kept >= this.#added) return Promise.resolve()
    if (this.#end) return Promise.reject(this.#end)
    return new Promise((resolve, reject) => this.#waiting.push({ upTo: this.#added, resolve, reject }))
  }

  /** Adds this, and says whether all so far lasts. What does not work is tried again; throws only `Fenced`. */
  async note(step: Step): Promise<boolean> {
    this.add(step)
    const upTo = this.#added
    await this.#turns.take(async () => {})
    if (this.#end instanceof Fenced) throw this.#end
    return this.#kept >= upTo
  }

  /** Stores everything as it is now. What does not work is tried again; throws only `Fenced`. */
  async whole(): Promise<void> {
    await this.#turns.take(() => this.#attempt(true))
    if (this.#end instanceof Fenced) throw this.#end
  }

  /** Ends, once what is being written is. What does not last by then will not be said to. */
  async end(cause: Error = new Error('the session has ended')): Promise<void> {
    this.#end ??= cause
    clearTimeout(this.#retry)
    for (const { reject } of this.#waiting.splice(0)) reject(this.#end)
    await this.#turns.take(async () => {})
  }

  #write(): void {
    void this.#turns.take(() => this.#attempt(false))
  }

  async #attempt(isWhole: boolean): Promise<void> {
    if (this.#end || (!isWhole && this.#kept >= this.#added)) return
    const upTo = this.#added
    const steps = this.#steps.splice(0)
    try {
      await this.#put(isWhole || this.#needsWhole, steps)
      this.#lasts(upTo)
    } catch (cause) {
      this.#failed(cause)
    }
  }

  async #put(isWhole: boolean, steps: readonly Step[]): Promise<void> {
    const { store, claim, snapshot } = this.#ports
    if (isWhole) await store.save(snapshot(), claim)
    else await store.append(claim, steps)
    this.#bytes = isWhole ? 0 : this.#bytes + steps.reduce((sum, step) => sum + sizeOf(step), 0)
    this.#needsWhole = this.#bytes > mostAdded
  }

  #lasts(upTo: number): void {
    this.#kept = upTo
    const [done, open] = [[] as Waiting[], [] as Waiting[]]
    for (const one of this.#waiting) (one.upTo <= upTo ? done : open).push(one)
    this.#waiting = open
    for (const { resolve } of done) resolve()
  }

  #failed(cause: unknown): void {
    // Whether the steps have arrived is not known: the whole document has them in any case.
    this.#needsWhole = true
    if (cause instanceof Fenced) {
      void this.end(cause)
      this.#ports.fenced(cause)
      return
    }
    this.#ports.tell('change not kept', cause)
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#write(), againAfter).unref()
  }
}

/** In bytes, of what counts. */
const sizeOf = (step: Step): number => ('update' in step ? step.update.length : 0)
