import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { hostCells, memoryCellStore, memoryEditorsTables } from '@openwopi/cell-storage'
import {
  createBootstrapper,
  createHost,
  type Feature,
  type Host,
  type HostOptions,
  memoryActivities,
  memoryFolders,
  memoryLocks,
  memoryRestrictedLinks,
  memorySecureStore,
  memoryShares,
  memorySignatures,
  memoryUploads,
  memoryUserInfo,
  type ResourceRef,
  type Storage,
} from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { proofCheck } from '@openwopi/host/proof-check'
import { signedAccess } from '@openwopi/host/signed-access'
import type { Content, Permission } from '@openwopi/protocol'
import { exportPublicKey, type SigningKeys } from '@openwopi/protocol/proof'
import { onTestFinished } from 'vitest'
import type { RunOptions } from '../src/index.ts'
import { connect } from '../src/node/connect.ts'

const user = { id: 'ann', name: 'Ann' }
const everything: readonly Permission[] = ['read', 'write', 'rename', 'delete', 'create']
/** What only whoever runs a host with co-authoring knows. */
const together = {
  OfficeCollaborationServiceEndpointUrl: 'https://office.example/collab',
  RealTimeChannelEndpointUrl: 'https://office.example/rtc',
  SharingStatus: 'Private',
  FileGeoLocationCode: 'EUR',
} as const

const oauthToken = 'a-token-of-the-authorization-server'

export interface HostKind {
  readonly can?: readonly Permission[]
  readonly without?: readonly Feature[]
  readonly keys?: SigningKeys
  /** What the host makes of the keys; default: it requires a proof by either of them. */
  readonly trusts?: 'nobody' | 'the current key'
  readonly name?: string
  readonly text?: string
  /** Ports in place of those it has. */
  readonly ports?: Partial<HostOptions>
}

export interface AHost {
  readonly host: Host
  /** What the host and its bootstrapper answer. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly options: RunOptions
  readonly token: (id: string, on?: ResourceRef['on']) => string
  readonly textOfFile: () => Promise<string>
  /** Names of files and containers. */
  readonly names: () => Promise<string[]>
  readonly lockOfFile: () => Promise<string | undefined>
}

/** A right host with one file in it, addressed as `publicUrl`. */
export async function aHost(publicUrl: string, kind: HostKind = {}): Promise<AHost> {
  let moved = 0
  const now = () => Date.now() + moved
  const { storage, containers, streams } = memoryFolders({ now })
  const made = new Set<string>()
  const create: Storage['create'] = async (...asked) => {
    const file = await storage.create(...asked)
    if (file) made.add(file.id)
    return file
  }
  const locks = memoryLocks()
  const permissions = new Set(kind.can ?? everything)
  const access = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions: async () => permissions, now })
  const { keys } = kind
  const published = keys && {
    current: exportPublicKey(keys.current),
    ...(keys.old && !kind.trusts && { old: exportPublicKey(keys.old) }),
  }
  const page = (id: string) => `https://files.example/open/${id}`
  const nativeNames = { fileId: async (name: string) => [...made].find((id) => page(id) === name) }
  const ownStorage = { ...storage, create }
  const parts = { store: memoryCellStore(), editors: memoryEditorsTables(), now }
  const cells = hostCells({ storage: ownStorage, locks: kind.ports?.locks ?? locks, ...parts })
  const host = createHost({
    storage: ownStorage,
    cells,
    containers,
    locks,
    access,
    publicUrl,
    nativeNames,
    now,
    coauth: true,
    streams,
    uploads: memoryUploads({ now }),
    signatures: memorySignatures(),
    userInfo: memoryUserInfo(),
    shares: memoryShares(),
    activities: memoryActivities(),
    restrictedLinks: memoryRestrictedLinks(),
    secureStore: memorySecureStore(),
    describe: ({ id }) => ({ ...together, HostEditUrl: page(id), HostViewUrl: page(id) }),
    without: new Set(kind.without),
    ...(published &&
      kind.trusts !== 'nobody' && {
        proof: proofCheck({ keysOf: async () => ({ mode: 'required', keys: published }), now }),
      }),
    ...kind.ports,
  })
  const bootstrapper = createBootstrapper({
    host,
    access,
    storage,
    containers,
    nativeNames,
    authorizationUri: 'https://sign-in.example/authorize',
    tokenIssuanceUri: 'https://sign-in.example/token',
    urlSchemes: { iOS: ['example'] },
    identify: async (token) => (token === oauthToken ? { user, signInName: 'ann@files.example' } : undefined),
    now,
  })
  const file = await create('root', [kind.name ?? 'letter.txt'], once(kind.text ?? 'Dear Ann,'), { by: user })
  if (!file) throw new Error('the file cannot be made')
  const token = (id: string, on: ResourceRef['on'] = 'file') =>
    access.mint({ user, resource: { on, id }, expiresAt: Date.now() + 10 * 3_600_000 }).token
  return {
    host,
    token,
    fetch: (request) => (request.url.includes('/wopibootstrapper') ? bootstrapper : host).fetch(request),
    options: {
      wopiSrc: host.wopiSrc({ on: 'file', id: file.id }),
      accessToken: token(file.id),
      folder: { wopiSrc: host.wopiSrc({ on: 'folder', id: 'root' }), accessToken: token('root', 'folder') },
      bootstrapper: { url: publicUrl.replace(/\/wopi$/, '/wopibootstrapper'), token: oauthToken },
      now,
      async pass(milliseconds) {
        moved += milliseconds
      },
      // Everything is in memory: what is there is what a host would find when it starts anew.
      restart: async () => undefined,
      ...(keys && { keys }),
    },
    async textOfFile() {
      const found = await storage.find(file.id)
      let text = ''
      for await (const chunk of (found && (await storage.read(found))) ?? []) text += Buffer.from(chunk).toString()
      return text
    },
    async names() {
      const files = await Promise.all([...made].map((id) => storage.find(id)))
      const { containers: folders } = await containers.children('root', { limit: 100 })
      return [...files, ...folders].flatMap((each) => each?.name ?? [])
    },
    async lockOfFile() {
      const lock = await locks.read(file.id)
      return lock?.releasedAt === undefined ? lock?.id : undefined
    },
  }
}

/** The same on a socket, where bytes go out as they are. `make`: makes another host of it. */
export async function onSocket(
  kind: HostKind = {},
  make: (host: AHost) => AHost['fetch'] = ({ fetch }) => fetch,
): Promise<AHost> {
  const late: { fetch?: AHost['fetch'] } = {}
  const server = createServer((req, res) => void (late.fetch && answerWith(late.fetch)(req, res)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the host does not listen')
  const made = await aHost(`http://127.0.0.1:${address.port}/wopi`, kind)
  late.fetch = make(made)
  return { ...made, options: { ...made.options, connect } }
}

/** A listener that passes on requests as `fetch` takes them. */
const answerWith = (fetch: AHost['fetch']) => (req: IncomingMessage, res: ServerResponse) =>
  toNodeListener({
    async answer() {
      const { status, headers, body } = await fetch(requestOf(req))
      return { status, headers: Object.fromEntries(headers), body }
    },
  })(req, res)

function requestOf(req: IncomingMessage): Request {
  const { method = 'GET', url = '/', headers } = req
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers: [
      ...Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ['X-Test-Names', req.rawHeaders.filter((_, at) => at % 2 === 0).join(' ')],
    ],
    ...(hasBody && { body: Readable.toWeb(req) as ReadableStream<Uint8Array> }),
    duplex: 'half',
  }
  return new Request(new URL(url, 'http://127.0.0.1'), init)
}

/** Two key pairs, as a client has them that has rotated its keys. */
export function rotatedKeys(): Required<SigningKeys> {
  const [current, old] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
  if (!current || !old) throw new Error('no keys')
  return { current, old }
}

async function* once(text: string): Content {
  yield new TextEncoder().encode(text)
}
