import type { CellErrorCode } from './error-codes.ts'
import type { XmlElement } from './xml-element.ts'

/** When a sub-request is carried out that depends on another. */
export type DependencyType = 'OnExecute' | 'OnSuccess' | 'OnFail' | 'OnNotSupported' | 'OnSuccessOrNotSupported'

/** One of the things that are asked for at once. */
export interface CellSubRequest {
  /** As the specification spells it: `Cell`, `Coauth`, `WhoAmI` and so on. */
  readonly type: string
  /** Left out: the sub-request has no data. Attributes that are `undefined` are not sent. */
  readonly data?: {
    readonly attributes?: Readonly<Record<string, string | undefined>>
    readonly text?: string
  }
  /** Which of the others it depends on: its place among them, from 0. */
  readonly dependsOn?: { readonly place: number; readonly how: DependencyType }
}

/** What a sub-request is answered by. */
export interface CellSubAnswer {
  /** `undefined`: it has succeeded. */
  readonly code: CellErrorCode | undefined
  /** What the host says about a failure; of a lock, who holds it. */
  readonly message?: string
  /** Of a put that came too late, where that was asked for: a name that is free. */
  readonly suggestedName?: string
  /** The attributes of its data. */
  readonly attributes: Readonly<Record<string, string>>
  /** The text of its data. */
  readonly text: string
  /** What is in it. */
  readonly elements: readonly XmlElement[]
}
