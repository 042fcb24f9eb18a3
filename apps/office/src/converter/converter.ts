/** What documents are turned into. */
export type Target = 'pdf' | 'png' | 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods' | 'odp'

/** A document to be turned into something else. */
export interface Conversion {
  /** Asked for the document when its turn has come: a host does not wait for long with half an answer. */
  readonly read: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
  /** The extension it has, without the dot. */
  readonly from: string
  readonly to: Target
  /** Ends the work as soon as nobody wants it any more. */
  readonly signal?: AbortSignal
  /** Told how many conversions are before it, each time that changes; with 0 its own begins. */
  readonly onPlace?: (before: number) => void
}

/** Turns documents into other formats. */
export interface Converter {
  /** Whether files with this extension, given without the dot, can be turned into `to`. */
  offers(from: string, to: Target): boolean
  /** The converted document. Throws a `ConversionError` that says why there is none. */
  convert(conversion: Conversion): Promise<Uint8Array>
  /** Ends what is under way. */
  close(): Promise<void>
}

/** Why a document was not converted. */
export type WhyNotConverted = 'busy' | 'too-large' | 'too-slow' | 'unreadable' | 'failed' | 'ended'

/** A conversion that did not come to its end. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError'
  readonly why: WhyNotConverted

  constructor(why: WhyNotConverted, options?: ErrorOptions) {
    super(sentences[why], options)
    this.why = why
  }

  /** The same document may be converted another time. */
  get isPassing(): boolean {
    return this.why === 'busy' || this.why === 'ended'
  }
}

const sentences: Readonly<Record<WhyNotConverted, string>> = {
  busy: 'too many documents wait to be converted: try again in a moment',
  'too-large': 'the document is too large to be converted',
  'too-slow': 'converting the document takes too long',
  unreadable: 'the document cannot be read: it may be damaged, or have a password',
  failed: 'the converter has ended before it was done',
  ended: 'nobody waits for this document any more',
}
