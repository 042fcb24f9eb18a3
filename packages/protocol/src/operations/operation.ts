import type { FailureCode } from '../failures.ts'
import type { PropertyName } from '../file-properties.ts'
import type { Parts } from '../parts.ts'

/** What a grant lets a user do with a resource. `create` is adding a file to the folder the resource is in. */
export type Permission = 'read' | 'write' | 'rename' | 'delete' | 'create'

/** Where each kind of resource lives under the WOPI base path. */
export const roots = {
  file: '/files/:id',
  container: '/containers/:id',
  folder: '/folders/:id',
  ecosystem: '/ecosystem',
} as const

/** A kind of resource that operations are about. */
export type ResourceKind = keyof typeof roots

/** What a row of the operation table says. */
export interface Operation {
  readonly on: ResourceKind
  /** The kinds of resources that it may be about instead, by their ids under the same path, with tokens for these. */
  readonly alsoOn?: readonly ResourceKind[]
  readonly method: 'GET' | 'POST'
  /** What follows the resource's own path. */
  readonly path?: string
  /** The X-WOPI-Override that picks this operation among those that share a path. */
  readonly override?: string
  /** A header whose presence, not empty, picks this operation among those that share an override. */
  readonly sentWith?: string
  /** What the caller must be allowed to do. */
  readonly needs: Permission
  /** The CheckFileInfo property that promises this operation. */
  readonly promisedBy?: PropertyName
  /** The CheckFileInfo property that says, in spite of the promise, that this one operation is not to be had. */
  readonly deniedBy?: PropertyName
  readonly request: Parts
  readonly response: Parts
  /** The failures that are this operation's own, beside those every operation can meet. */
  readonly fails: readonly FailureCode[]
  readonly spec: string
}

/** What every operation can meet before it begins. */
export const anyOperationFails = [
  'InvalidRequest',
  'InvalidToken',
  'NotFound',
  'ServerError',
  'NotImplemented',
  'ServerBusy',
] as const satisfies readonly FailureCode[]
