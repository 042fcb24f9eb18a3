import { json } from '../bodies.ts'
import type { CheckContainerInfo } from '../check-container-info.ts'
import { flag, list, presence, utf7 } from '../formats.ts'
import { header, optional } from '../parts.ts'
import type { CreatedFile } from './files.ts'
import type { Operation } from './operation.ts'

const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/containers'

/** A container or a file by its name and its address, which carries an access token. */
export interface Pointer {
  readonly Name: string
  readonly Url: string
}

/** A container that was made or found. */
export interface ContainerAnswer {
  readonly ContainerPointer: Pointer
  readonly ContainerInfo?: CheckContainerInfo
}

/** A file in a container. */
export interface ChildFile extends Pointer {
  readonly Version: string
  /** Bytes. */
  readonly Size: number
  readonly LastModifiedTime?: string
}

const suggestedTarget = optional(header('X-WOPI-SuggestedTarget', utf7))
const relativeTarget = optional(header('X-WOPI-RelativeTarget', utf7))

/** The containers that something lies in, as every kind of resource answers it. */
export const ancestors = {
  isIncomplete: optional(header('X-WOPI-EnumerationIncomplete', presence)),
  list: json<{ AncestorsWithRootFirst: readonly Pointer[] }>(),
}

/** The operations on containers. */
// biome-ignore format: a row reads as a row
export const containers = {
  checkContainerInfo: {
    on: 'container', method: 'GET', needs: 'read', promisedBy: 'SupportsContainers',
    request: {},
    response: { info: json<CheckContainerInfo>() },
    fails: [],
    spec: `${docs}/checkcontainerinfo`,
  },
  enumerateChildren: {
    on: 'container', method: 'GET', path: '/children', needs: 'read', promisedBy: 'SupportsContainers',
    request: { extensions: optional(header('X-WOPI-FileExtensionFilterList', list)) },
    response: { children: json<{ ChildContainers: readonly Pointer[]; ChildFiles: readonly ChildFile[] }>() },
    fails: [],
    spec: `${docs}/enumeratechildren`,
  },
  enumerateContainerAncestors: {
    on: 'container', method: 'GET', path: '/ancestry', needs: 'read', promisedBy: 'SupportsContainers',
    request: {},
    response: ancestors,
    fails: [],
    spec: `${docs}/enumerateancestors`,
  },
  getContainerEcosystem: {
    on: 'container', method: 'GET', path: '/ecosystem_pointer', needs: 'read', promisedBy: 'SupportsEcosystem',
    request: {},
    response: { ecosystem: json<{ Url: string }>() },
    fails: [],
    spec: `${docs}/getecosystem`,
  },
  createChildContainer: {
    on: 'container', method: 'POST', override: 'CREATE_CHILD_CONTAINER', needs: 'create', promisedBy: 'SupportsContainers',
    request: { suggestedTarget, relativeTarget },
    response: { container: json<ContainerAnswer>() },
    fails: ['InvalidContainerName', 'NameTaken'],
    spec: `${docs}/createchildcontainer`,
  },
  createChildFile: {
    on: 'container', method: 'POST', override: 'CREATE_CHILD_FILE', needs: 'create', promisedBy: 'SupportsContainers',
    request: { suggestedTarget, relativeTarget, overwrite: optional(header('X-WOPI-OverwriteRelativeTarget', flag)) },
    response: { file: json<CreatedFile & { HostEditNewUrl?: string }>() },
    fails: ['InvalidName', 'LockMismatch', 'NameTaken'],
    spec: `${docs}/createchildfile`,
  },
  renameContainer: {
    on: 'container', method: 'POST', override: 'RENAME_CONTAINER', needs: 'rename', promisedBy: 'SupportsContainers',
    request: { requestedName: header('X-WOPI-RequestedName', utf7) },
    response: { container: json<{ Name: string }>() },
    fails: ['InvalidContainerName', 'NameTaken'],
    spec: `${docs}/renamecontainer`,
  },
  deleteContainer: {
    on: 'container', method: 'POST', override: 'DELETE_CONTAINER', needs: 'delete', promisedBy: 'SupportsContainers',
    request: {},
    response: {},
    fails: ['NotEmpty'],
    spec: `${docs}/deletecontainer`,
  },
} as const satisfies Record<string, Operation>
