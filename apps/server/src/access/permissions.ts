import type { Permission, StoredFile } from '@openwopi/host'

/** Everything there is to be allowed. */
export const everything: ReadonlySet<Permission> = new Set(['read', 'write', 'rename', 'delete', 'create'])

/** All but changing the content: what may be done with a file that is marked read-only on disk. */
const allButWrite: ReadonlySet<Permission> = new Set(['read', 'rename', 'delete', 'create'])

/** What a token for looking only allows. */
export const looking: ReadonlySet<Permission> = new Set(['read'])

/** What a token for changing the content alone allows. */
export const filling: ReadonlySet<Permission> = new Set(['read', 'write'])

/** What anyone who may use this server may do with a file. */
export const permissionsFor = (file: StoredFile): ReadonlySet<Permission> =>
  file.isReadOnly ? allButWrite : everything
