import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { createHost, type Host, memoryLocks, memoryStorage, memoryUserInfo, type Storage } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { proofCheck } from '@openwopi/host/proof-check'
import { signedAccess } from '@openwopi/host/signed-access'
import type { Content, Permission } from '@openwopi/protocol'
import { exportPublicKey, type SigningKeys } from '@openwopi/protocol/proof'
import { onTestFinished } from 'vitest'
import type { RunOptions } from '../src/index.ts'

const user = { id: 'ann', name: 'Ann' }
const everything: readonly Permission[] = ['read', 'write', 'rename', 'delete', 'create']

export interface HostKind {
  readonly can?: readonly Permission[]
  readonly withoutUserInfo?: boolean
  readonly keys?: SigningKeys
  /** What the host makes of the keys; default: it requires a proof by either of them. */
  readonly trusts?: 'nobody' | 'the current key'
  readonly name?: string
  readonly text?: string
}

export interface AHost {
  readonly host: Host
  readonly options: RunOptions
  readonly token: (id: string) => string
  readonly textOfFile: () => Promise<string>
  readonly names: () => Promise<string[]>
  readonly lockOfFile: () => Promise<string | undefined>
}

/** A right host with one file in it, addressed as `publicUrl`. */
export async function aHost(publicUrl: string, kind: HostKind = {}): Promise<AHost> {
  const storage = memoryStorage()
  const made = new Set<string>()
  const create: Storage['create'] = async (...asked) => {
    const file = await storage.create(...asked)
    if (file) made.add(file.id)
    return file
  }
  const locks = memoryLocks()
  const permissions = new Set(kind.can ?? everything)
  const access = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions: async () => permissions })
  const { keys } = kind
  const published = keys && {
    current: exportPublicKey(keys.current),
    ...(keys.old && !kind.trusts && { old: exportPublicKey(keys.old) }),
  }
  const host = createHost({
    storage: { ...storage, create },
    locks,
    access,
    publicUrl,
    ...(kind.withoutUserInfo ? {} : { userInfo: memoryUserInfo() }),
    ...(published &&
      kind.trusts !== 'nobody' && {
        proof: proofCheck({ keysOf: async () => ({ mode: 'required', keys: published }) }),
      }),
  })
  const file = await create('root', [kind.name ?? 'letter.txt'], once(kind.text ?? 'Dear Ann,'), { by: user })
  if (!file) throw new Error('the file cannot be made')
  const token = (id: string) =>
    access.mint({ user, resource: { on: 'file', id }, expiresAt: Date.now() + 3_600_000 }).token
  return {
    host,
    token,
    options: { wopiSrc: host.wopiSrc({ on: 'file', id: file.id }), accessToken: token(file.id), ...(keys && { keys }) },
    async textOfFile() {
      const found = await storage.find(file.id)
      let text = ''
      for await (const chunk of (found && (await storage.read(found))) ?? []) text += Buffer.from(chunk).toString()
      return text
    },
    async names() {
      const files = await Promise.all([...made].map((id) => storage.find(id)))
      return files.flatMap((each) => each?.name ?? [])
    },
    async lockOfFile() {
      const lock = await locks.read(file.id)
      return lock?.releasedAt === undefined ? lock?.id : undefined
    },
  }
}

/** The same on a socket. */
export async function onSocket(kind: HostKind = {}): Promise<AHost> {
  const late: { host?: Host } = {}
  const server = createServer((req, res) => late.host && toNodeListener(late.host)(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the host does not listen')
  const made = await aHost(`http://127.0.0.1:${address.port}/wopi`, kind)
  late.host = made.host
  return made
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
