import { json } from '../bodies.ts'
import { text } from '../formats.ts'
import { header } from '../parts.ts'
import type { Operation } from './operation.ts'

/** Something that happened in a document. What it holds beside its id and its type depends on the type. */
export interface Activity {
  readonly Id: string
  readonly Type: string
  readonly [member: string]: unknown
}

/** How an activity was taken: 0 kept, 1 the host failed, 2 it cannot be read, 3 of a type that the host does not keep. */
export interface ActivityResponse {
  readonly Id: string
  readonly Status: 0 | 1 | 2 | 3
  readonly Message?: string
}

/** What a service needs to let a document in. */
export interface Credentials {
  readonly UserName: string
  readonly Password: string
  readonly IsWindowsCredentials?: boolean
  readonly IsGroup?: boolean
}

const isActivity = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'Id' in value &&
  typeof value.Id === 'string' &&
  'Type' in value &&
  typeof value.Type === 'string'

/** What clients tell a host of a document beyond its content, and what they ask it beyond the file. */
// biome-ignore format: a row reads as a row
export const activities = {
  addActivities: {
    on: 'file', method: 'POST', override: 'ADD_ACTIVITIES', needs: 'read', promisedBy: 'SupportsAddActivities',
    request: {
      activities: json<{ Activities: readonly Activity[] }>(
        ({ Activities }) => Array.isArray(Activities) && Activities.every(isActivity),
      ),
    },
    response: { responses: json<{ ActivityResponses: readonly ActivityResponse[] }>() },
    fails: [],
    spec: 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/addactivities',
  },
  readSecureStore: {
    on: 'file', method: 'POST', override: 'READ_SECURE_STORE', needs: 'read', promisedBy: 'SupportsSecureStore',
    request: { applicationId: header('X-WOPI-ApplicationId', text) },
    response: { credentials: json<Credentials>() },
    fails: [],
    spec: 'https://learn.microsoft.com/openspecs/office_protocols/ms-wopi/readsecurestore',
  },
} as const satisfies Record<string, Operation>
