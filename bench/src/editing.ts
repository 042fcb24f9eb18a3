import { createHost, type Host, type HostEvent, type HostRequest } from '@openwopi/host'
import { type SignedAccess, signedAccess } from '@openwopi/host/signed-access'
import type { Permission } from '@openwopi/protocol'
import { type SqlStorage, type SqlStorageOptions, sqlStorage } from '@openwopi/storage-sql'

/** What an editor does with a file all the time, by the file's id. Each throws unless it has succeeded. */
export interface Editing {
  checkFileInfo(id: string): Promise<void>
  /** The file is unlocked before and afterwards. */
  lockAndUnlock(id: string): Promise<void>
  /** The file has been locked by `lock`. */
  refreshLock(id: string): Promise<void>
  /** The file has been locked by `lock`. */
  putFile(id: string): Promise<void>
  lock(id: string): Promise<void>
  close(): Promise<void>
}

/** The id of the lock that `Editing` takes. */
export const lockId = '0f8fad5b-d9cb-469f-a165-70867728950e'

/** What `putFile` saves. */
export const saved = Buffer.from('what has been typed')

const user = { id: 'bench', name: 'Bench' }
const permissions = async () => new Set<Permission>(['read', 'write', 'rename', 'delete', 'create'])

/** A host over a database, and what gives out tokens for it. */
export interface SqlHost {
  readonly host: Host
  readonly sql: SqlStorage
  /** The path of a file under the host, with a token. */
  addressOf(id: string): string
}

/** Opens a host over a database, as an application mounts it. */
export async function openSqlHost(options: SqlStorageOptions): Promise<SqlHost> {
  const sql = await sqlStorage(options)
  const access: SignedAccess = signedAccess({ keys: [new Uint8Array(32).fill(7)], permissions })
  const { storage, locks, containers, userInfo, now } = sql
  const host = createHost({
    storage,
    locks,
    containers,
    userInfo,
    access,
    now,
    observe: tellFailure,
    publicUrl: 'http://127.0.0.1/wopi',
  })
  return {
    host,
    sql,
    addressOf(id) {
      const resource = { on: 'file', id } as const
      const { token } = access.mint({ user, resource, expiresAt: now() + 3_600_000 })
      return `${new URL(host.wopiSrc(resource)).pathname}?access_token=${encodeURIComponent(token)}`
    },
  }
}

/** A measure in which calls fail measures nothing: why they do is told. */
function tellFailure({ operation, status, error }: HostEvent): void {
  if (status >= 500) console.error(operation, status, String(error?.cause ?? error))
}

/** Edits through the operations of a host in this process. */
export function editThrough({ host, sql, addressOf }: SqlHost): Editing {
  const addresses = new Map<string, string>()
  function address(id: string): string {
    const known = addresses.get(id) ?? addressOf(id)
    addresses.set(id, known)
    return known
  }
  async function call(id: string, override?: string, path = ''): Promise<void> {
    const headers = headersOf(override)
    const url = path === '' ? address(id) : address(id).replace('?', `${path}?`)
    const body = path === '' ? null : only(saved)
    const answer = await host.answer({ method: override === undefined ? 'GET' : 'POST', url, headers, body })
    if (answer.status !== 200) throw new Error(`${override ?? 'CheckFileInfo'} of ${id} was answered ${answer.status}`)
  }
  return {
    checkFileInfo: (id) => call(id),
    async lockAndUnlock(id) {
      await call(id, 'LOCK')
      await call(id, 'UNLOCK')
    },
    lock: (id) => call(id, 'LOCK'),
    refreshLock: (id) => call(id, 'REFRESH_LOCK'),
    putFile: (id) => call(id, 'PUT', '/contents'),
    close: () => sql.close(),
  }
}

/** Headers as a server of `node:http` hands them to a host. */
function headersOf(override: string | undefined): HostRequest['headers'] {
  const sent = new Map(override === undefined ? [] : [['x-wopi-override', override] as const, ['x-wopi-lock', lockId]])
  return { get: (name) => sent.get(name.toLowerCase()) ?? null }
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
