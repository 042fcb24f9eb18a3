import type { Modern } from './converter/modern.ts'
import type { DocumentKind, Pages, Preview } from './documents/apps.ts'

/**
 * How much of the page there is: all of it; a slim one inside another site; the document alone; or one for fingers.
 */
export type Frame = 'page' | 'embed' | 'preview' | 'mobile'

/** What the page is told when it is made. It stands in the page's markup, so it never holds the access token. */
export interface Opening {
  readonly ticket: string
  readonly kind: DocumentKind
  readonly icon: string
  readonly preview?: Preview
  /** What is shown are pages that a converter makes of the document. */
  readonly isConverted?: true
  /** What there is of a document that is too much to be shown otherwise. */
  readonly pages?: Pages
  /** The format of today in which a copy of the document can be made. */
  readonly convertsTo?: Modern
  /** The page was opened to make that copy. */
  readonly convertsNow?: true
  readonly fileName: string
  readonly action: 'view' | 'edit'
  readonly frame: Frame
  readonly userName?: string
  readonly language: string
  /** By which dates and numbers are written: a language tag. */
  readonly locale: string
  readonly theme?: 'light' | 'dark'
  /** The origin of the host's page, to which messages go. Absent: none go. */
  readonly hostOrigin?: string
  readonly can: {
    readonly rename: boolean
    readonly saveCopy: boolean
    readonly download: boolean
    /** A PDF can be made of the document. */
    readonly exportPdf: boolean
    readonly print: boolean
  }
  /** What the bar offers: a message to the host's page where it wants one, else an address to go to. */
  readonly offers: {
    readonly close?: Offer
    readonly edit?: Offer
    readonly share?: Offer
    readonly versions?: Offer
  }
  /** What the host's page expects to hear where someone wants to share. */
  readonly shareMessage: 'UI_Sharing' | 'UI_Share'
  readonly notifiesOfEdits: boolean
}

/** Something the host's page does for this one. */
export type Offer = { readonly by: 'message' } | { readonly by: 'address'; readonly url: string }
