import { join } from 'node:path'
import { createHost } from '@openwopi/host'
import { signedAccess } from '@openwopi/host/signed-access'
import type { Permission } from '@openwopi/protocol'
import { folderStorage } from '@openwopi/storage-folder'
import { openDatabase } from '@openwopi/storage-folder/database'
import { ratesInTurns } from '../in-turns.ts'

// Lock and Unlock through the host, and the transactions they come down to on a database of its own, in turns.
const { folder, dataFolder, aside, name, rounds, pairs } = JSON.parse(process.argv[2] ?? '{}')

const served = await folderStorage({ folder, dataFolder })
const permissions = async () => new Set<Permission>(['read', 'write'])
const access = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions })
const host = createHost({ storage: served.storage, locks: served.locks, access, publicUrl: 'http://127.0.0.1/wopi' })
const file = await served.byPath(name)
if (!file) throw new Error(`${name} is not in ${folder}`)
const resource = { on: 'file', id: file.id } as const
const { token } = access.mint({ user: { id: 'bench', name: 'Bench' }, resource, expiresAt: Date.now() + 3_600_000 })
const url = `${host.wopiSrc(resource)}?access_token=${token}`

const lockId = '0f8fad5b-d9cb-469f-a165-70867728950e'

async function call(override: string): Promise<void> {
  const sent = new Headers({ 'X-WOPI-Override': override, 'X-WOPI-Lock': lockId })
  const { status } = await host.answer({ method: 'POST', url, headers: sent, body: null })
  if (status !== 200) throw new Error(`${override} was answered ${status}`)
}

async function throughHost(): Promise<void> {
  await call('LOCK')
  await call('UNLOCK')
}

const database = await openDatabase(join(aside, 'raw.db'), [
  'CREATE TABLE locks (file TEXT PRIMARY KEY, lock TEXT NOT NULL, expiresAt INTEGER NOT NULL) WITHOUT ROWID',
])
const lock = JSON.stringify({ id: lockId, expiresAt: Date.now(), version: '1', by: { id: 'bench', name: 'Bench' } })
const released = JSON.stringify({ ...JSON.parse(lock), releasedAt: Date.now() })
database.prepare('INSERT INTO locks VALUES (?, ?, ?)').run(file.id, released, 0)
const swap = database.prepare('UPDATE locks SET lock = ?, expiresAt = ? WHERE file = ? AND lock = ?')

async function raw(): Promise<void> {
  swap.run(lock, Date.now(), file?.id ?? '', released)
  swap.run(released, Date.now(), file?.id ?? '', lock)
}

/** Pairs per second. */
async function rateOf(pair: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  for (let count = 0; count < pairs; count++) await pair()
  return (1000 * pairs) / (performance.now() - startedAt)
}

const measured = await ratesInTurns(
  rounds,
  () => rateOf(throughHost),
  () => rateOf(raw),
)
await served.close()
process.send?.(measured)
