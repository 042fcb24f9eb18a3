import { createServer } from 'node:http'
import {
  createHost,
  type HostEvent,
  type HostOptions,
  memoryFolders,
  memoryLocks,
  type StoredFile,
} from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { signedAccess } from '@openwopi/host/signed-access'
import type { Permission, ResourceKind } from '@openwopi/protocol'
import { onTestFinished } from 'vitest'
import {
  type HostCellsOptions,
  hostCells,
  memoryCellStore,
  memoryEditorsTables,
  readResponse,
} from '../../src/index.ts'
import { bare } from '../envelope/bodies.ts'

export interface Sent {
  readonly override?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly user?: string
  readonly can?: readonly Permission[]
  readonly path?: string
  /** What the token is for. */
  readonly on?: ResourceKind
}

type Holder = Pick<Sent, 'user' | 'can' | 'on'>

const everything: readonly Permission[] = ['read', 'write', 'rename', 'delete', 'create']

/** A host with cell storage on a socket, and what lies behind it. */
export async function openWorld(options: Partial<HostOptions & HostCellsOptions> = {}) {
  const clock = { now: Date.UTC(2026, 0, 1) }
  const now = () => clock.now
  const events: HostEvent[] = []
  const errors: unknown[] = []
  const folders = memoryFolders({ now, ownerId: 'owner' })
  const { storage = folders.storage, locks = memoryLocks(), store = memoryCellStore(), ...more } = options
  const access = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions: async () => new Set(everything), now })
  const late: { listener?: ReturnType<typeof toNodeListener> } = {}
  const server = createServer((req, res) => void late.listener?.(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/wopi`
  /** A host that knows nothing but what is stored. */
  function begin() {
    const editors = memoryEditorsTables()
    const onError = (error: unknown) => errors.push(error)
    const cells = hostCells({ ...{ storage, locks, store, now, editors, onError }, ...more })
    const host = createHost({
      ...{ storage, locks, access, cells, now },
      containers: folders.containers,
      publicUrl: url,
      observe: (event) => void events.push(event),
      ...more,
    })
    late.listener = toNodeListener(host)
  }
  begin()

  const tokenFor = (file: Pick<StoredFile, 'id'>, { user = 'Ann', can, on = 'file' }: Holder = {}) =>
    access.mint({
      user: { id: `id${user}`, name: user },
      resource: { on, id: file.id },
      expiresAt: clock.now + 3_600_000,
      ...(can && { can: new Set(can) }),
    }).token

  const send = (file: Pick<StoredFile, 'id'>, { path = '', method = 'POST', ...sent }: Sent) => {
    const token = tokenFor(file, sent)
    return fetch(`${url}/files/${file.id}${path}?access_token=${token}`, {
      method,
      headers: { ...(sent.override !== undefined && { 'X-WOPI-Override': sent.override }), ...sent.headers },
      ...(sent.body !== undefined && { body: sent.body }),
    })
  }

  return {
    containers: folders.containers,
    ...{ storage, locks, store, clock, events, errors, url, send, tokenFor },
    /** What the host was doing comes to no end, and nobody hears of it. Another one begins. */
    restart() {
      server.closeAllConnections()
      begin()
    },
    async make(name: string, text = '') {
      const file = await storage.create('root', [name], flowing(text), { by: { id: 'owner', name: 'Owner' } })
      if (!file) throw new Error(`${name} is taken`)
      return file
    },
    /** Sends sub-requests, and reads what became of each. */
    async ask(file: Pick<StoredFile, 'id'>, subRequests: string, sent: Sent = {}) {
      const answer = await send(file, { override: 'COBALT', body: bare(subRequests), ...sent })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, text, codes: codesIn(text) }
    },
    async textOf(file: StoredFile) {
      return (await send(file, { method: 'GET', path: '/contents' })).text()
    },
  }
}

export type World = Awaited<ReturnType<typeof openWorld>>

async function* flowing(text: string) {
  yield new TextEncoder().encode(text)
}

/** What became of each sub-request. */
export const codesIn = (text: string) =>
  [...text.matchAll(/<SubResponse [^>]*?ErrorCode="(\w+)"/g)].map(([, code]) => code)

/** A sub-request with these attributes of its data. */
export const sub = (type: string, token: number, attributes = '', text = '') =>
  `<SubRequest Type="${type}" SubRequestToken="${token}"><SubRequestData ${attributes}>${text}</SubRequestData></SubRequest>`

/** A sub-request for cells. */
export const cell = (token: number, base64: string, attributes = '') =>
  sub('Cell', token, `BinaryDataSize="1" ${attributes}`, base64)

export const schema = '29358EC1-E813-4793-8E70-ED0344E7B73C'

/** A sub-request about the lock that clients share. */
export const coauth = (token: number, type: string, client = 'c1') =>
  sub('Coauth', token, `CoauthRequestType="${type}" SchemaLockID="${schema}" ClientID="${client}" Timeout="3600"`)

export const exclusiveId = '22222222-E813-4793-8E70-ED0344E7B73C'

/** A sub-request about the lock of one client. */
export const exclusive = (token: number, type: string, id = exclusiveId) =>
  sub('ExclusiveLock', token, `ExclusiveLockRequestType="${type}" ExclusiveLockID="${id}" Timeout="3600"`)

/** All bytes of the objects in the last answer for cells, as text. */
export function objectsIn(text: string): string {
  const [data] = [...text.matchAll(/<SubResponseData[^>]*>([^<]+)</g)].slice(-1)
  const response = readResponse(Buffer.from(data?.[1] ?? '', 'base64'))
  return Buffer.from(data?.[1] ?? '', 'base64').toString('latin1') + String(response.fault ?? '')
}
