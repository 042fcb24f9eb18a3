import type { PropertyKinds } from './file-properties.ts'

/** What a row says of a property that every client reads alike. */
export interface PlainPropertyRow {
  readonly kind: keyof PropertyKinds
  readonly required?: true
  readonly says: string
}

type Table = Readonly<Record<string, PlainPropertyRow>>
type RequiredName<T extends Table> = { [N in keyof T]: T[N] extends { required: true } ? N : never }[keyof T]

/** The values of a table of such properties. */
export type PlainProperties<T extends Table> = {
  readonly [N in RequiredName<T>]: PropertyKinds[T[N]['kind']]
} & { readonly [N in Exclude<keyof T, RequiredName<T>>]?: PropertyKinds[T[N]['kind']] | undefined }
