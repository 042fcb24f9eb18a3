import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createHost,
  type Describe,
  type HostEvent,
  memoryLocks,
  memoryStorage,
  profiles,
  type StoredFile,
  type User,
} from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { proofCheck } from '@openwopi/host/proof-check'
import { signedAccess } from '@openwopi/host/signed-access'
import { type Permission, readDiscovery } from '@openwopi/protocol'

const everything: ReadonlySet<Permission> = new Set(['read', 'write', 'rename', 'delete', 'create'])
const reading: ReadonlySet<Permission> = new Set(['read'])

/** A WOPI host with its page, on one port for as long as the test runs, however often it goes away. */
export type HostServer = Awaited<ReturnType<typeof startHost>>

/** Starts a host that asks for the proofs of the office at `officeUrl`. */
export async function startHost(officeUrl: () => string, now: () => number) {
  const storage = memoryStorage({ now })
  const locks = memoryLocks()
  const events: HostEvent[] = []
  const rights = new Map<string, ReadonlySet<Permission> | undefined>()
  const open = async (port: number) => listen(createServer(), port)
  let server = await open(0)
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const access = signedAccess({
    keys: [Buffer.alloc(32, 7)],
    now,
    permissions: async (user) => (rights.has(user.id) ? rights.get(user.id) : everything),
  })
  const keysOf = async () => {
    const { proofKeys } = readDiscovery(await (await fetch(`${officeUrl()}/hosting/discovery`)).text())
    return { mode: 'required' as const, ...(proofKeys && { keys: proofKeys }) }
  }
  const describe: Describe = () => ({
    PostMessageOrigin: origin,
    ClosePostMessage: true,
    CloseUrl: `${origin}/closed`,
    EditModePostMessage: true,
    HostEditUrl: `${origin}/edit`,
    FileSharingPostMessage: true,
    FileSharingUrl: `${origin}/share`,
    EditNotificationPostMessage: true,
  })
  const host = createHost({
    storage,
    locks,
    access,
    proof: proofCheck({ keysOf, now }),
    now,
    clients: { office: profiles.openwopi },
    publicUrl: `${origin}/wopi`,
    describe,
    observe: (event) => events.push(event),
  })
  const wopi = toNodeListener(host)
  const serve = (one: Server) =>
    one.on('request', (request, response) => {
      if (request.url?.startsWith('/wopi')) return wopi(request, response)
      response.setHeader('Content-Type', 'text/html').end(framePage)
    })
  serve(server)
  const user = (name: string): User => ({ id: name.toLowerCase().replace(/\W/g, ''), name })

  return {
    origin,
    storage,
    locks,
    events,
    wopiSrc: (file: StoredFile) => host.wopiSrc({ on: 'file', id: file.id }),
    /** Puts a file there. */
    async add(name: string, content: string | Uint8Array): Promise<StoredFile> {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      const file = await storage.create('root', [name], once(bytes), { by: user('Setup') })
      if (!file) throw new Error(`${name} is there already`)
      return file
    },
    /** Changes a file behind everyone's back. */
    async change(file: StoredFile, content: string | Uint8Array): Promise<void> {
      const current = await storage.find(file.id)
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      if (current) await storage.write(current, once(bytes), { by: user('Outside') })
    },
    async bytes(file: StoredFile): Promise<Buffer> {
      const current = await storage.find(file.id)
      const content = current && (await storage.read(current))
      const chunks: Uint8Array[] = []
      if (content) for await (const chunk of content) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
    async text(file: StoredFile): Promise<string> {
      return (await this.bytes(file)).toString()
    },
    token(file: StoredFile, name = 'Anna Berg', { view = false, lifetime = 3_600_000 } = {}): string {
      const minting = { user: user(name), resource: { on: 'file' as const, id: file.id }, client: 'office' }
      return access.mint({ ...minting, expiresAt: now() + lifetime, ...(view && { can: reading }) }).token
    },
    /** What a user may do from now on, whatever their token says. `undefined`: nothing. */
    allow: (name: string, can: 'everything' | 'reading' | undefined) =>
      rights.set(user(name).id, can === undefined ? undefined : can === 'reading' ? reading : everything),
    lockOf: (file: StoredFile) => locks.read(file.id),
    calls: (operation: string) => events.filter((event) => event.operation === operation),
    async goAway(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    async comeBack(): Promise<void> {
      server = await open(port)
      serve(server)
    },
  }
}

export const once = async function* (bytes: Uint8Array) {
  yield bytes
}

export function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

/** A page that frames the office as a host's page does, and keeps every message that comes. */
const framePage = `<!doctype html><meta charset="utf-8"><title>host</title>
<style>body{margin:0;overflow:hidden}iframe{position:absolute;inset:0;width:100%;height:100%;border:0}</style>
<body><script>
window.heard = []
addEventListener('message', (event) => window.heard.push({ origin: event.origin, ...JSON.parse(event.data) }))
window.openOffice = ({ action, token, ttl }) => {
  const frame = document.createElement('iframe')
  frame.allow = 'clipboard-read *; clipboard-write *'
  frame.name = 'office'
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-top-navigation allow-popups-to-escape-sandbox allow-downloads allow-modals')
  document.body.append(frame)
  const form = document.createElement('form')
  form.method = 'post'
  form.action = action
  form.target = 'office'
  for (const [name, value] of [['access_token', token], ['access_token_ttl', ttl]]) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}
</script></body>`
