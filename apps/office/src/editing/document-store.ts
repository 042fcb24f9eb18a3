import { createHash } from 'node:crypto'
import type { SharedForm, StoredFormat } from './document-form.ts'
import type { Claim } from './homes.ts'
import type { Step } from './steps.ts'

/** A shared document as it is kept until the host has all of it. */
export interface StoredDocument {
  readonly wopiSrc: string
  /** Which shared document this is: browsers that hold another one cannot be joined with it. */
  readonly documentName: string
  /** Hash of the content that the host is known to have. */
  readonly base: string
  /** Hash of the content that was on its way to the host. */
  readonly sending?: string
  /** Absent: a text. */
  readonly kind?: SharedForm['kind']
  readonly format: StoredFormat
  /** Ids of those whose edits the host does not have yet. */
  readonly contributors: readonly string[]
  readonly hasUnsaved: boolean
  /** Milliseconds since the epoch. */
  readonly changedAt: number
  readonly state: Uint8Array
}

/**
 * Shared documents until their hosts have them, so that neither a crash nor a restart takes a key stroke with it. What
 * resolves lasts, and counts only as long as the claim holds: else it throws `Fenced`, and nothing has changed.
 */
export interface DocumentStore {
  /** The document with all that has been added to it. */
  load(wopiSrc: string): Promise<StoredDocument | undefined>
  /** Stores the document in the place of what there was, and of all that had been added to that. */
  save(document: StoredDocument, claim: Claim): Promise<void>
  /** Adds what has been done to the document since it was stored. */
  append(claim: Claim, steps: readonly Step[]): Promise<void>
  remove(claim: Claim): Promise<void>
  /** Puts aside what fits to the file no more, for its writers to fetch. */
  putAside(claim: Claim): Promise<void>
  leftover(wopiSrc: string): Promise<StoredDocument | undefined>
  removeLeftover(wopiSrc: string): Promise<void>
  /** A document of that name is thrown away: whoever still holds it must not bring it back. */
  spend(documentName: string): Promise<void>
  isSpent(documentName: string): Promise<boolean>
}

/** How long a document that the host has all of is kept for pages that may come back, in milliseconds. */
export const keptFor = 24 * 60 * 60 * 1000

/** The hash by which contents are compared and documents are named. */
export const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
