import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Access,
  type ClientProfile,
  createHost,
  type Host,
  type HostEvent,
  memoryLocks,
  memoryStorage,
  type Permission,
  profiles,
} from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { onTestFinished } from 'vitest'
import { bytesOf, type ClientOptions } from '../src/index.ts'
import type { Clock } from './a-clock.ts'

/** What may go wrong with one request of the operation with this override (`GET` for those without one). */
export interface Fault {
  readonly on: string
  /** `lost`: the request is dropped unread. `unheard`: it is carried out, and its answer dropped. */
  readonly how: 'lost' | 'unheard' | number
}

const everything: readonly Permission[] = ['read', 'write', 'rename', 'delete', 'create']

/** A host with one file, `doc.txt`, that says `first`, and everything that may befall it. */
export async function aHost(clock: Clock, { profile = profiles.openwopi }: { profile?: ClientProfile } = {}) {
  const storage = memoryStorage({ now: clock.now })
  const locks = memoryLocks()
  const events: HostEvent[] = []
  const faults: Fault[] = []
  const tokens = new Map<string, Set<Permission>>([['alice', new Set(everything)]])
  const access: Access = {
    async authorize(token) {
      const can = tokens.get(token)
      return can && { user: { id: token, name: token }, can, expiresAt: clock.now() + 1e9, client: 'c' }
    },
    issue: async ({ user, expiresAt }) => ({ token: user.id, expiresAt }),
  }
  const by = { id: 'alice', name: 'alice' }
  const found = await storage.create('root', ['doc.txt'], flow('first'), { by })
  if (!found) throw new Error('the file could not be made')
  const { id } = found

  let port = 0
  let server: Server | undefined
  let host: Host
  const options = { storage, locks, access, now: clock.now, clients: { c: profile } }
  const listener = async (req: IncomingMessage, res: ServerResponse) => {
    const operation = req.headers['x-wopi-override'] ?? 'GET'
    const at = faults.findIndex(({ on }) => on === operation)
    const [fault] = at < 0 ? [] : faults.splice(at, 1)
    if (fault?.how === 'lost') return void req.socket.destroy()
    if (typeof fault?.how === 'number') return void res.writeHead(fault.how).end()
    // Carried out to the end; then the connection breaks in place of the answer.
    if (fault)
      res.writeHead = () => {
        req.socket.destroy()
        return res
      }
    await toNodeListener(host)(req, res)
  }
  async function start(): Promise<void> {
    const listening = createServer(listener)
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve))
    port = (listening.address() as AddressInfo).port
    host = createHost({
      ...options,
      publicUrl: `http://127.0.0.1:${port}/wopi`,
      observe: (event) => events.push(event),
    })
    server = listening
  }
  async function stop(): Promise<void> {
    const stopping = server
    server = undefined
    await new Promise<void>((resolve) => {
      if (!stopping) return resolve()
      stopping.close(() => resolve())
      stopping.closeAllConnections()
    })
  }
  await start()
  onTestFinished(stop)

  const now = async () => (await storage.find(id)) ?? found
  return {
    start,
    stop,
    faults,
    tokens,
    events,
    storage,
    locks,
    /** The operations that were carried out, in order. */
    done: () => events.filter(({ status }) => status === 200).map(({ operation }) => operation),
    client: (token = 'alice'): ClientOptions => ({
      wopiSrc: `http://127.0.0.1:${port}/wopi/files/${id}`,
      accessToken: token,
    }),
    content: async () => textOf((await storage.read(await now())) ?? flow('')),
    /** Someone writes the file without asking anyone. */
    change: async (content: string) => storage.write(await now(), flow(content), { by }),
    /** The lock that is held, as the host sees it now. */
    async lock() {
      const slot = await locks.read(id)
      return slot && slot.releasedAt === undefined && slot.expiresAt > clock.now() ? slot.id : ''
    },
    async dropLock() {
      const slot = await locks.read(id)
      if (slot) await locks.swap(id, slot, undefined)
    },
    /** Someone else takes the lock, whoever has it. */
    async stealLock(lock: string) {
      const expiresAt = clock.now() + 30 * 60_000
      const mallory = { id: 'mallory', name: 'Mallory' }
      await locks.swap(id, await locks.read(id), { id: lock, expiresAt, version: (await now()).version, by: mallory })
    },
    remove: async () => storage.remove(await now(), { by }),
    names: async () => Promise.all(['doc.txt', 'doc (2).txt', 'mine.txt'].map((name) => storage.child('root', name))),
  }
}

export type AHost = Awaited<ReturnType<typeof aHost>>

async function* flow(content: string) {
  yield new TextEncoder().encode(content)
}

export const textOf = async (content: AsyncIterable<Uint8Array>) => new TextDecoder().decode(await bytesOf(content))
export const utf8 = (content: string) => new TextEncoder().encode(content)
