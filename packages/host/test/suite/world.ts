import type { Permission } from '@openwopi/protocol'
import {
  type Activities,
  type Containers,
  createHost,
  type Host,
  type HostEvent,
  type HostOptions,
  type Locks,
  type MemorySecureStore,
  memoryActivities,
  memoryFolders,
  memoryLocks,
  memoryRestrictedLinks,
  memorySecureStore,
  memoryShares,
  memorySignatures,
  memoryUploads,
  memoryUserInfo,
  type RestrictedLinks,
  type Shares,
  type Storage,
  type StoredFile,
  type Streams,
  type Uploads,
} from '../../src/index.ts'
import { type SignedAccess, signedAccess } from '../../src/signed-access.ts'

/** Puts a host on the network, or next to it. */
export type Listen = (host: Pick<Host, 'fetch' | 'answer'>) => Promise<{
  readonly origin: string
  readonly send: (request: Request) => Promise<Response>
  close(): Promise<void>
}>

interface Sent {
  readonly method?: 'GET' | 'POST'
  readonly override?: string
  readonly headers?: Record<string, string>
  readonly body?: BodyInit
  readonly token?: string | null
  /** What follows the file's own path. */
  readonly path?: '/contents' | ''
}

interface TokenFor {
  readonly user?: string
  readonly can?: readonly Permission[]
  readonly client?: string
  readonly expiresAt?: number
}

/** A host, what lies behind it, and a way to talk to it. */
export interface World {
  readonly url: string
  readonly storage: Storage
  readonly containers: Containers
  readonly locks: Locks
  readonly shares: Shares
  readonly restrictedLinks: RestrictedLinks
  readonly activities: Activities
  readonly secureStore: MemorySecureStore
  readonly streams: Streams
  readonly uploads: Uploads
  readonly access: SignedAccess
  readonly events: HostEvent[]
  readonly clock: { now: number }
  make(name: string, text?: string): Promise<StoredFile>
  token(file: StoredFile, options?: TokenFor): string
  send(file: StoredFile, sent: Sent): Promise<Response>
  raw(path: string, init?: RequestInit): Promise<Response>
  textOf(file: StoredFile): Promise<string>
  found(file: StoredFile): Promise<StoredFile>
  close(): Promise<void>
}

export const everything: readonly Permission[] = ['read', 'write', 'rename', 'delete', 'create']
export const userOf = (name: string) => ({ id: `id${name}`, name })
/** How a time is spelt in LastModifiedTime. */
export const timeOf = ({ modifiedAt }: StoredFile) => new Date(modifiedAt).toISOString().replace('Z', '0000Z')
export const bytesOf = (text: string) => new TextEncoder().encode(text)

export async function openWorld(listen: Listen, options: Partial<HostOptions> = {}): Promise<World> {
  const clock = { now: Date.UTC(2026, 0, 1) }
  const now = () => clock.now
  const events: HostEvent[] = []
  const { storage, containers, streams } = memoryFolders({ now, ownerId: 'idOwner' })
  const locks = memoryLocks()
  const beyond = {
    shares: memoryShares({ now }),
    restrictedLinks: memoryRestrictedLinks(),
    activities: memoryActivities(),
    secureStore: memorySecureStore(),
    streams,
    uploads: memoryUploads({ now }),
    signatures: memorySignatures(),
  }
  const access = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions: async () => new Set(everything), now })

  const late: { host?: Host } = {}
  const host = () => {
    if (!late.host) throw new Error('the host is not there yet')
    return late.host
  }
  const { origin, send, close } = await listen({
    fetch: (request) => host().fetch(request),
    answer: (request) => host().answer(request),
  })
  const url = `${origin}/wopi`
  late.host = createHost({
    storage,
    containers,
    locks,
    access,
    userInfo: memoryUserInfo(),
    ...beyond,
    now,
    publicUrl: url,
    observe: (event) => void events.push(event),
    ...options,
  })

  const token = (file: StoredFile, { user = 'Ann', can, client, expiresAt = clock.now + 3_600_000 }: TokenFor = {}) =>
    access.mint({
      user: userOf(user),
      resource: { on: 'file', id: file.id },
      expiresAt,
      ...(can && { can: new Set(can) }),
      ...(client && { client }),
    }).token

  const raw = (path: string, init: RequestInit = {}) =>
    send(new Request(url + path, { ...init, duplex: 'half' } as RequestInit))
  return {
    url,
    ...beyond,
    storage: options.storage ?? storage,
    containers,
    locks,
    access,
    events,
    clock,
    token,
    raw,
    close,
    async make(name, text = '') {
      const file = await storage.create('root', [name], content(text), { by: userOf('Owner') })
      if (!file) throw new Error(`${name} is taken`)
      return file
    },
    send(file, { method = 'POST', override, headers = {}, body, token: own = token(file), path = '' }) {
      const query = own === null ? '' : `?access_token=${encodeURIComponent(own)}`
      return raw(`/files/${file.id}${path}${query}`, {
        method,
        headers: { ...(override !== undefined && { 'X-WOPI-Override': override }), ...headers },
        ...(body !== undefined && { body }),
      })
    },
    async textOf(file) {
      const present = await storage.find(file.id)
      const stream = present && (await storage.read(present))
      if (!stream) throw new Error(`${file.name} is gone`)
      let text = ''
      for await (const chunk of stream) text += Buffer.from(chunk).toString()
      return text
    },
    async found(file) {
      const present = await storage.find(file.id)
      if (!present) throw new Error(`${file.name} is gone`)
      return present
    },
  }
}

/** A body that stops halfway until it is told to finish. */
export function slowly(first: string, rest: string) {
  let finish = () => {}
  const isFinished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(bytesOf(first))
      await isFinished
      controller.enqueue(bytesOf(rest))
      controller.close()
    },
  })
  return { body, finish: () => finish(), begun: writeBegun }
}

/** Resolves once the storage has been given content for the file. */
function writeBegun({ storage }: World, { id }: StoredFile): Promise<void> {
  const { write } = storage
  return new Promise((resolve) => {
    const watched: Storage['write'] = (file, ...rest) => {
      if (file.id === id) {
        Object.assign(storage, { write })
        setImmediate(resolve)
      }
      return write(file, ...rest)
    }
    Object.assign(storage, { write: watched })
  })
}

export async function* content(...chunks: string[]) {
  for (const chunk of chunks) yield bytesOf(chunk)
}

/** Verbs of the protocol, short. */
export const lockIt = (world: World, file: StoredFile, lock: string, token?: string) =>
  world.send(file, { override: 'LOCK', headers: { 'X-WOPI-Lock': lock }, ...(token && { token }) })
export const unlockIt = (world: World, file: StoredFile, lock: string, token?: string) =>
  world.send(file, { override: 'UNLOCK', headers: { 'X-WOPI-Lock': lock }, ...(token && { token }) })
export const putIt = (
  world: World,
  file: StoredFile,
  text: string,
  { lock, token, headers = {} }: { lock?: string; token?: string; headers?: Record<string, string> } = {},
) =>
  world.send(file, {
    override: 'PUT',
    path: '/contents',
    body: text,
    headers: { ...(lock && { 'X-WOPI-Lock': lock }), ...headers },
    ...(token && { token }),
  })
export const getLockOf = async (world: World, file: StoredFile) =>
  (await world.send(file, { override: 'GET_LOCK' })).headers.get('X-WOPI-Lock')
export const infoOf = async (world: World, file: StoredFile, token?: string): Promise<Record<string, unknown>> =>
  (await (await world.send(file, { method: 'GET', ...(token && { token }) })).json()) as Record<string, unknown>
