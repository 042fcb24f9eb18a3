import { bytes } from '../bodies.ts'
import type { Operation } from './operation.ts'

const spec = 'https://learn.microsoft.com/openspecs/office_protocols/ms-wopi'
const opaque = { request: { content: bytes }, response: { content: bytes }, fails: [], spec } as const

/** Operations that are known by name only. A host answers them with `NotImplemented` and does not promise them. */
// biome-ignore format: a row reads as a row
export const reserved = {
  checkPolicy: {
    on: 'file', method: 'POST', override: 'CHECK_POLICY', needs: 'read', promisedBy: 'SupportsCheckPolicy',
    ...opaque,
  },
  getFileUserValue: {
    on: 'file', method: 'POST', override: 'GET_FILE_USER_VALUE', needs: 'read', promisedBy: 'SupportsFileUserValue',
    ...opaque,
  },
  setFileUserValue: {
    on: 'file', method: 'POST', override: 'SET_FILE_USER_VALUE', needs: 'read', promisedBy: 'SupportsFileUserValue',
    ...opaque,
  },
  grantUserAccess: {
    on: 'file', method: 'POST', override: 'GRANT_USER_ACCESS', needs: 'write', promisedBy: 'SupportsGrantUserAccess',
    ...opaque,
  },
  checkUserAccess: {
    on: 'file', method: 'POST', override: 'CHECK_USER_ACCESS', needs: 'read', promisedBy: 'SupportsCheckUserAccess',
    ...opaque,
  },
  getActivities: {
    on: 'file', method: 'POST', override: 'GET_ACTIVITIES', needs: 'read', promisedBy: 'SupportsGetActivities',
    ...opaque,
  },
} as const satisfies Record<string, Operation>
