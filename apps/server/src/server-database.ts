import { join } from 'node:path'
import { type Database, openDatabase } from '@openwopi/storage-folder/database'

/** What the server keeps besides the folder's own index. Each entry brings the database one version further. */
const migrations = [
  `CREATE TABLE sessions (hash TEXT PRIMARY KEY, user_name TEXT NOT NULL, begun_at INTEGER NOT NULL, used_at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE revoked_tokens (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE lock_holders (file_id TEXT PRIMARY KEY, client TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE ports (name TEXT PRIMARY KEY, port INTEGER NOT NULL) WITHOUT ROWID`,
  `ALTER TABLE sessions ADD COLUMN password_mark TEXT NOT NULL DEFAULT ''`,
  `CREATE TABLE mentions_seen (user_id TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE secrets (application_id TEXT NOT NULL, user_id TEXT NOT NULL, user_name TEXT NOT NULL, key_id TEXT NOT NULL, sealed BLOB NOT NULL, changed_at INTEGER NOT NULL, PRIMARY KEY (application_id, user_id)) WITHOUT ROWID`,
]

/** Sessions, revoked tokens and the like, in `server.db`. */
export const serverDatabase = (dataFolder: string): Promise<Database> =>
  openDatabase(join(dataFolder, 'server.db'), migrations)
