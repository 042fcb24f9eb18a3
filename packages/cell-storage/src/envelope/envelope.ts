/** How a body is made: two elements without one around them, these in a `Body`, in a SOAP envelope, or in one of several parts. */
export type BodyForm = 'bare' | 'body' | 'soap' | 'mtom'

/** The attributes of an element, by their names without prefixes. */
export type Attributes = Readonly<Record<string, string>>

/** A sub-request as it came. */
export interface EnvelopeSubRequest {
  /** As it is spelt. Empty: absent. */
  readonly type: string
  /** Empty: absent. */
  readonly token: string
  readonly dependsOn?: string
  readonly dependencyType?: string
  /** Of its data. Absent: there are no data. */
  readonly attributes?: Attributes
  /** Absent: the data hold no bytes. */
  readonly bytes?: Uint8Array
  /** The properties that are asked for. */
  readonly propertyIds: readonly string[]
}

/** A request as it came: sub-requests about one file. */
export interface EnvelopeRequest {
  readonly attributes: Attributes
  readonly subRequests: readonly EnvelopeSubRequest[]
}

/** A body of cell storage. */
export interface Envelope {
  readonly form: BodyForm
  /** Of `RequestVersion`. Absent: there is none. */
  readonly version?: Attributes
  readonly correlationId: string
  readonly requests: readonly EnvelopeRequest[]
}

/** A body that is none of cell storage: it is not answered, but refused as a whole. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError'
}
