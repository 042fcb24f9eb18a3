import { createHost } from '@openwopi/host'
import { toNodeListener } from '@openwopi/host/node'
import { signedAccess } from '@openwopi/host/signed-access'
import type { Permission } from '@openwopi/protocol'
import { sqlStorage } from '@openwopi/storage-sql'
import { s3Blobs } from '@openwopi/storage-sql/s3'
import { options, serve } from './serve.ts'

// A host whose files lie in a database and their contents in a bucket, with one file.
const { database, bucket } = options
const everything = new Set<Permission>(['read', 'write'])
const user = { id: 'bench', name: 'Bench' }

const { storage, locks } = await sqlStorage({ database, blobs: s3Blobs(bucket), keepVersions: 1 })
const access = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions: async () => everything })
const host = createHost({ storage, locks, access, publicUrl: 'http://127.0.0.1/wopi' })

async function* content() {
  yield Buffer.from('not large yet')
}
const file = await storage.create('root', ['large.bin'], content(), { by: user })
const resource = { on: 'file', id: file?.id ?? '' } as const
const { token } = access.mint({ user, resource, expiresAt: Date.now() + 3_600_000 })
const address = `${new URL(host.wopiSrc(resource)).pathname}?access_token=${encodeURIComponent(token)}`
await serve(toNodeListener(host), { addresses: { 'large.bin': address } })
