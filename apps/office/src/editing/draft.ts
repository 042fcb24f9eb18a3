import * as Y from 'yjs'
import type { SharedForm } from './document-form.ts'
import { type DocumentStore, hashOf, type StoredDocument } from './document-store.ts'
import type { Fenced } from './fenced.ts'
import type { Claim } from './homes.ts'
import { Keeping } from './keeping.ts'
import { NotNoted } from './not-noted.ts'

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
  readonly claim: Claim
  readonly form: SharedForm
  /** Hash of the host's content. */
  readonly base: string
  /** Hash of what was on its way to the host when the session before this one ended. */
  readonly sending?: string
  readonly contributors: readonly string[]
}

/** The document as it is edited, kept until the host has it, and how far it has. */
export class Draft {
  readonly #start: DraftStart
  readonly #store: DocumentStore
  readonly #keeping: Keeping
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

  constructor(start: DraftStart, { store, now, tell, fenced }: DraftPorts) {
    this.#start = start
    this.#store = store
    this.#now = now
    this.#base = start.base
    this.#sending = start.sending
    this.#contributors = new Set(start.contributors)
    this.#tell = tell
    this.#hasUnsaved = !this.#isStored()
    this.#changedAt = now()
    this.#keeping = new Keeping({ store, claim: start.claim, snapshot: () => this.#snapshot(), tell, fenced })
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

  /** Someone has changed the document, by this. */
  changed(userId: string, update: Uint8Array): void {
    this.#contributors.add(userId)
    this.#hasUnsaved = true
    this.#changes++
    this.#changedAt = this.#now()
    this.#keeping.add({ documentName: this.#start.documentName, userId, update })
  }

  /** Resolves once every change so far lasts, whatever becomes of this node. */
  lasting(): Promise<void> {
    return this.#keeping.lasting()
  }

  /** Whether the host may have this content by what was done here: it is what the next changes continue. */
  continues(hash: string): boolean {
    if (hash === this.#sending) this.#base = hash
    return hash === this.#base
  }

  /**
   * What the host is to get, noted first. `undefined`: it has everything. Throws `Fenced`: it is another node's to give, and
   * `NotNoted`; but not if this is the `isLast` chance to give it.
   */
  async outgoing({ isLast = false } = {}): Promise<Outgoing | undefined> {
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
    // The document has been kept step by step; that this much of it is on its way is one more.
    const isNoted = await this.#keeping.note({ documentName: this.#start.documentName, sending: hash })
    // A node that takes over would find a file of which it does not know that it is this document.
    if (!isNoted && !isLast && this.#start.claim.epoch > 0) throw new NotNoted()
    return outgoing
  }

  /** The host has it. */
  async stored({ hash, editors, number, changes }: Outgoing): Promise<void> {
    if (number < this.#storedNumber) return
    this.#storedNumber = number
    this.#base = hash
    this.#hasUnsaved = this.#changes !== changes || !this.#isStored()
    if (!this.#hasUnsaved) for (const editor of editors) this.#contributors.delete(editor)
    // In the place of all its steps, so that whoever goes on has few of them to go through.
    await this.#keeping.whole()
  }

  /** Ends; what the host lacks stays, and so does everything if `isKept`. */
  async end(isKept: boolean): Promise<void> {
    if (this.#hasUnsaved || isKept) {
      await this.#keeping.whole()
      return this.#keeping.end()
    }
    await this.#keeping.end()
    await this.#store.remove(this.#start.claim)
  }

  /** Ends, and leaves nothing. */
  async discard(): Promise<void> {
    await this.#store.spend(this.#start.documentName)
    this.#hasUnsaved = false
    await this.end(false)
  }

  /** Ends, and puts aside what the host lacks. */
  async putAside(): Promise<void> {
    await this.#store.spend(this.#start.documentName)
    await this.#keeping.whole()
    await this.#keeping.end()
    await this.#store.putAside(this.#start.claim)
  }

  /** Another node has the document now: what is here is its business no more. */
  leave(cause: Fenced): Promise<void> {
    return this.#keeping.end(cause)
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

  #snapshot(): StoredDocument {
    const { document, documentName, claim, form } = this.#start
    return {
      wopiSrc: claim.wopiSrc,
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
  /** Told when a change could not be kept. */
  readonly tell: (what: string, cause: unknown) => void
  /** Told when another node has the document. */
  readonly fenced: (cause: Fenced) => void
}
