import { json } from '../bodies.ts'
import { text } from '../formats.ts'
import { header } from '../parts.ts'
import type { ContainerAnswer } from './containers.ts'
import type { Operation } from './operation.ts'

const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/ecosystem'

/** The operations on the ecosystem: where a user's files begin. */
// biome-ignore format: a row reads as a row
export const ecosystem = {
  checkEcosystem: {
    on: 'ecosystem', method: 'GET', needs: 'read', promisedBy: 'SupportsEcosystem',
    request: {},
    response: { info: json<{ SupportsContainers?: boolean }>() },
    fails: [],
    spec: `${docs}/checkecosystem`,
  },
  getRootContainer: {
    on: 'ecosystem', method: 'GET', path: '/root_container_pointer', needs: 'read', promisedBy: 'SupportsEcosystem',
    request: {},
    response: { container: json<ContainerAnswer>() },
    fails: [],
    spec: `${docs}/getrootcontainer`,
  },
  getFileWopiSrc: {
    on: 'ecosystem', method: 'POST', override: 'GET_WOPI_SRC_WITH_ACCESS_TOKEN', needs: 'read', promisedBy: 'SupportsGetFileWopiSrc',
    request: { hostNativeFileName: header('X-WOPI-HostNativeFileName', text) },
    response: { file: json<{ Url: string }>() },
    fails: [],
    spec: `${docs}/getfilewopisrc`,
  },
} as const satisfies Record<string, Operation>
