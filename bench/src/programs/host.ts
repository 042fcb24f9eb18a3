import { createHost } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { signedAccess } from '@openwopi/host/signed-access'
import type { Permission } from '@openwopi/protocol'
import { folderStorage } from '@openwopi/storage-folder'
import { options, serve } from './serve.ts'

// The host as an application mounts it: a folder, signed tokens, Node's own server.
const { folder, dataFolder, names, readsLock, inChunks } = options
const everything = new Set<Permission>(['read', 'write', 'rename', 'delete', 'create'])
const inAnHour = Date.now() + 3_600_000

const served = await folderStorage({ folder, dataFolder })
const access = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions: async () => everything })

/** CheckFileInfo says nothing of the lock. A host that shows who holds it reads it at every call. */
const withLock: typeof served.storage = {
  ...served.storage,
  async find(id) {
    await served.locks.read(id)
    return served.storage.find(id)
  },
}
const storage = readsLock ? withLock : served.storage
const { locks, streams, uploads, signatures } = served
const carrying = inChunks ? { coauth: true, streams, uploads, signatures } : {}
const host = createHost({ storage, locks, access, ...carrying, publicUrl: 'http://127.0.0.1/wopi' })

/** How to reach a file: its path under the server, with a token. */
async function addressOf(name: string): Promise<string> {
  const file = await served.byPath(name)
  if (!file) throw new Error(`${name} is not in ${folder}`)
  const resource = { on: 'file', id: file.id } as const
  const { token } = access.mint({ user: { id: 'bench', name: 'Bench' }, resource, expiresAt: inAnHour })
  return `${new URL(host.wopiSrc(resource)).pathname}?access_token=${encodeURIComponent(token)}`
}

const addresses = Object.fromEntries(
  await Promise.all((names ?? []).map(async (name: string) => [name, await addressOf(name)])),
)
await serve(toNodeListener(host), { addresses })
