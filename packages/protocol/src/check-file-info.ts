import type { fileProperties, PropertyKinds, PropertyName } from './file-properties.ts'

type Table = typeof fileProperties
type ValueOf<Row> = Row extends { kind: 'choice'; choices: readonly (infer C)[] }
  ? C
  : Row extends { kind: infer K extends keyof PropertyKinds }
    ? PropertyKinds[K]
    : never
type RequiredName = { [N in PropertyName]: Table[N] extends { required: true } ? N : never }[PropertyName]
type RequiredProperties = { readonly [N in RequiredName]: ValueOf<Table[N]> }
type OptionalProperties = { readonly [N in Exclude<PropertyName, RequiredName>]?: ValueOf<Table[N]> | undefined }

/** The answer of CheckFileInfo: what a client is told of a file, and of what its user may do. */
export interface CheckFileInfo extends RequiredProperties, OptionalProperties {}

/** Whether the user may change the content here and now. */
export const canEdit = (info: Partial<CheckFileInfo>): boolean =>
  Boolean(info.SupportsUpdate && info.UserCanWrite) &&
  !info.ReadOnly &&
  !info.WebEditingDisabled &&
  !info.TemporarilyNotWritable &&
  !info.UserCanOnlyComment
