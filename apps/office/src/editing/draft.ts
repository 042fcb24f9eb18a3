import * as Y from 'yjs'
import { type Debounced, debounced } from './debounce.ts'
import type { SharedForm } from './document-form.ts'
import { type DocumentStore, hashOf } from './document-store.ts'

/** Content on its way to the host. */
export interface Outgoing {
  readonly content: Buffer
  readonly editors: readonly string[]
  readonly hash: string
  /** Counts up: a later one has all that an earlier one has. */
  readonly number: number
  /** How many changes there had been when it was made. */
  readonly changes: number
}

export interface DraftStart {
  readonly document: Y.Doc
  readonly documentName: string
  readonly wopiSrc: string
  readonly form: SharedForm
  /** Hash of the host's content. */
  readonly base: string
  readonly contributors: readonly string[]
}

const journalEvery = 500

/** The document as it is edited, on disk within half a second of each change, and how far the host has it. */
export class Draft {
  readonly #start: DraftStart
  readonly #store: DocumentStore
  readonly #journal: Debounced
  readonly #now: () => number
  readonly #tell: DraftPorts['tell']
  #base: string
  #sending: string | undefined
  #contributors: Set<string>
  #hasUnsaved: boolean
  #changedAt: number
  #lastNumber = 0
  #changes = 0
  #storedNumber = 0
  #writing: Promise<void> = Promise.resolve()
  #waiting: Promise<void> | undefined

  constructor(start: DraftStart, { store, now, tell }: DraftPorts) {
    this.#start = start
    this.#store = store
    this.#now = now
    this.#base = start.base
    this.#contributors = new Set(start.contributors)
    this.#tell = tell
    this.#hasUnsaved = !this.#isStored()
    this.#changedAt = now()
    this.#journal = debounced({ after: journalEvery, atMost: journalEvery }, () => void this.#write())
  }

  /** Whether the host lacks something. */
  get hasUnsaved(): boolean {
    return this.#hasUnsaved
  }

  /** Hash of what the host is known to have. */
  get base(): string {
    return this.#base
  }

  /** The file as people see it now, looked through as it is before it is sent. Throws `DocumentError`. */
  async whole(): Promise<Buffer> {
    const content = await this.#written()
    if (hashOf(content) !== this.#base) await this.#start.form.verify?.(content)
    return content
  }

  async #written(): Promise<Buffer> {
    const { form, document } = this.#start
    return form.written ? form.written(document) : form.bytes(document)
  }

  changed(userId: string): void {
    this.#contributors.add(userId)
    this.#hasUnsaved = true
    this.#changes++
    this.#changedAt = this.#now()
    this.#journal.ask()
  }

  /** What the host is to get, noted on disk first. `undefined`: it has everything. */
  async outgoing(): Promise<Outgoing | undefined> {
    const changes = this.#changes
    const content = await this.#written()
    const hash = hashOf(content)
    if (hash === this.#base) {
      this.#hasUnsaved = this.#changes !== changes || this.#isBehind()
      return undefined
    }
    await this.#start.form.verify?.(content)
    this.#sending = hash
    const outgoing = { content, hash, editors: [...this.#contributors], number: ++this.#lastNumber, changes }
    await this.#write()
    return outgoing
  }

  /** The host has it. */
  async stored({ hash, editors, number, changes }: Outgoing): Promise<void> {
    if (number < this.#storedNumber) return
    this.#storedNumber = number
    this.#base = hash
    this.#hasUnsaved = this.#changes !== changes || !this.#isStored()
    if (!this.#hasUnsaved) for (const editor of editors) this.#contributors.delete(editor)
    await this.#write()
  }

  /** Puts everything on disk now. A disk that does not take it is no reason to keep it from the host. */
  #write(): Promise<void> {
    this.#journal.cancel()
    // One that has not begun yet takes along what has been changed until it does.
    this.#waiting ??= this.#writing
      .then(() => {
        this.#waiting = undefined
        return this.#store.save(this.#snapshot())
      })
      .catch((cause) => this.#tell('change not kept on disk', cause))
    this.#writing = this.#waiting
    return this.#waiting
  }

  /** Ends; what the host lacks stays on disk, and so does everything if `isKept`. */
  async end(isKept: boolean): Promise<void> {
    if (this.#hasUnsaved || isKept) return this.#write()
    this.#journal.cancel()
    await this.#writing
    await this.#store.remove(this.#start.wopiSrc)
  }

  /** Ends, and leaves nothing. */
  async discard(): Promise<void> {
    this.#hasUnsaved = false
    await this.end(false)
  }

  /** Whether the host has all of it. Changes that cannot be written are on no host. */
  #isStored(): boolean {
    const { form, document } = this.#start
    try {
      return !this.#isBehind() && hashOf(form.bytes(document)) === this.#base
    } catch (cause) {
      this.#tell('changes that cannot be written', cause)
      return false
    }
  }

  /** What nobody has written into the file yet stays on disk. */
  #isBehind(): boolean {
    return this.#start.form.isBehind?.(this.#start.document) ?? false
  }

  #snapshot() {
    const { document, documentName, wopiSrc, form } = this.#start
    return {
      wopiSrc,
      documentName,
      kind: form.kind,
      format: form.format,
      base: this.#base,
      ...(this.#sending && { sending: this.#sending }),
      contributors: [...this.#contributors],
      hasUnsaved: this.#hasUnsaved,
      changedAt: this.#changedAt,
      state: Y.encodeStateAsUpdate(document),
    }
  }
}

export interface DraftPorts {
  readonly store: DocumentStore
  readonly now: () => number
  /** Told when a change could not be put on disk. */
  readonly tell: (what: string, cause: unknown) => void
}
