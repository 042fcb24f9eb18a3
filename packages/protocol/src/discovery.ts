import type { ProofKeys } from './public-key.ts'

/** What a client says it can do, and the keys it signs with. */
export interface Discovery {
  readonly zones: readonly NetZone[]
  /** Absent: the client does not sign its requests. */
  readonly proofKeys?: ProofKeys
}

/** The apps as they are reached from one network: `external-https`, `internal-http` and the like. */
export interface NetZone {
  readonly name: string
  readonly apps: readonly App[]
}

/** One of a client's programs. Collabora and ONLYOFFICE also list media types as apps. */
export interface App {
  readonly name: string
  readonly favIconUrl?: string
  readonly actions: readonly Action[]
}

/** What an app can do with a kind of file. */
export interface Action {
  /** As the document spells it; names are compared without regard to case. */
  readonly name: string
  /** In lower case, without a dot. Empty where the app's name is a media type. */
  readonly ext?: string
  readonly progid?: string
  /** What the host must offer: `locks`, `update`, `cobalt`, `containers`. */
  readonly requires: readonly string[]
  /** The address with its placeholders, for `actionUrl`. */
  readonly urlsrc: string
  /** Preferred among the actions for its extension. */
  readonly default: boolean
  /** What `convert` makes. */
  readonly targetext?: string
  /** What `editnew` makes. */
  readonly newext?: string
  readonly newprogid?: string
  /** The WOPISrc is to name the folder that the file is in. */
  readonly useParent: boolean
}
