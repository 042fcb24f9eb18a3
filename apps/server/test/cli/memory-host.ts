import { createServer } from 'node:http'
import { createHost, type Host, type HostEvent, memoryLocks, memoryStorage, type StoredFile } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { signedAccess } from '@openwopi/host/signed-access'
import type { Content, Permission } from '@openwopi/protocol'
import { onTestFinished } from 'vitest'

const user = { id: 'ann', name: 'Ann' }
const everything: readonly Permission[] = ['read', 'write', 'rename', 'delete', 'create']

/** A host with files in memory, on a socket. */
export async function memoryHost({ maxFileSize }: { readonly maxFileSize?: number } = {}) {
  const storage = memoryStorage()
  const locks = memoryLocks()
  const access = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions: async () => new Set(everything) })
  const events: HostEvent[] = []
  let host: Host | undefined
  const server = createServer((req, res) => host && toNodeListener(host)(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the host does not listen')
  const publicUrl = `http://127.0.0.1:${address.port}/wopi`
  host = createHost({
    storage,
    locks,
    access,
    publicUrl,
    observe: (event) => void events.push(event),
    ...(maxFileSize !== undefined && { maxFileSize }),
  })

  return {
    events,
    async make(name: string, bytes: Uint8Array | string = '') {
      const file = await storage.create('root', [name], once(bytes), { by: user })
      if (!file) throw new Error(`${name} is taken`)
      return { id: file.id, wopiSrc: `${publicUrl}/files/${file.id}`, token: tokenFor(file) }
    },
    token: (id: string, grant: { readonly can?: readonly Permission[]; readonly expiresAt?: number }) =>
      tokenFor({ id }, grant),
    bytesOf: async (id: string) => bytesOf(await found(id)),
    lockOf: async (id: string) => {
      const lock = await locks.read(id)
      return lock?.releasedAt === undefined ? lock?.id : undefined
    },
  }

  function tokenFor(
    { id }: Pick<StoredFile, 'id'>,
    { can, expiresAt = Date.now() + 3_600_000 }: { can?: readonly Permission[]; expiresAt?: number } = {},
  ): string {
    return access.mint({ user, resource: { on: 'file', id }, expiresAt, ...(can && { can: new Set(can) }) }).token
  }

  async function found(id: string): Promise<StoredFile> {
    const file = await storage.find(id)
    if (!file) throw new Error(`${id} is gone`)
    return file
  }

  async function bytesOf(file: StoredFile): Promise<Buffer> {
    const chunks: Uint8Array[] = []
    for await (const chunk of (await storage.read(file)) ?? []) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
}

async function* once(bytes: Uint8Array | string): Content {
  yield typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
}
