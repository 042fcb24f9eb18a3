/** What there is to know about a type of sub-request. */
export interface SubRequestRow {
  /** Its answer has an element for data when it succeeds. Otherwise only if there are data. */
  readonly hasDataOnSuccess: boolean
  /** Its answer has that element when it fails, too, as the schema demands. */
  readonly hasDataOnFailure: boolean
}

const row = (hasDataOnSuccess: boolean, hasDataOnFailure = false): SubRequestRow => ({
  hasDataOnSuccess,
  hasDataOnFailure,
})

/** The types of sub-requests of the envelope. */
export const subRequestTypes = {
  Cell: row(true),
  Coauth: row(true),
  SchemaLock: row(true, true),
  ExclusiveLock: row(true, true),
  WhoAmI: row(true),
  ServerTime: row(true, true),
  EditorsTable: row(true),
  GetDocMetaInfo: row(true),
  GetVersions: row(false),
  FileOperation: row(true),
  Versioning: row(true),
  AmIAlone: row(true),
  LockStatus: row(true),
  Properties: row(true),
} as const satisfies Readonly<Record<string, SubRequestRow>>

/** The name of a type of sub-request. */
export type SubRequestType = keyof typeof subRequestTypes

/** Whether a text names a type of sub-request. */
export const isSubRequestType = (text: string): text is SubRequestType => Object.hasOwn(subRequestTypes, text)
