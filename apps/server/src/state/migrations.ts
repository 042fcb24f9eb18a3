import { type Kysely, type Migration, sql } from 'kysely'

/** What some types are called where they differ. */
const types = {
  postgres: { BYTES: 'bytea', NUMBERED: 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY' },
  sqlite: { BYTES: 'blob', NUMBERED: 'integer PRIMARY KEY AUTOINCREMENT' },
}

const tables = [
  `create table if not exists sessions (hash text primary key, user_name text not null, begun_at bigint not null,
    used_at bigint not null, password_mark text not null)`,
  'create table if not exists revoked_tokens (id text primary key, expires_at bigint not null)',
  'create table if not exists lock_holders (file_id text primary key, client text not null)',
  'create table if not exists mentions_seen (user_id text primary key, until bigint not null)',
  `create table if not exists secrets (application_id text not null, user_id text not null, user_name text not null,
    key_id text not null, sealed BYTES not null, changed_at bigint not null, primary key (application_id, user_id))`,
  `create table users (name_key text primary key, name text not null, is_owner smallint not null, hash text not null,
    added_at bigint not null)`,
  'create table settings (name text primary key, value text not null)',
  `create table audit (number NUMBERED, at bigint not null, user_id text not null, user_name text not null,
    what text not null, resource_id text not null, resource_name text not null, details text not null)`,
  'create index audit_of_resource on audit (resource_id, number)',
]

const rateLimits = [
  'create table rate_limits (id text primary key, busy_until double precision not null)',
  'create index rate_limits_by_end on rate_limits (busy_until)',
]

/** What the built-in office clients of several servers have in common. */
const officeTables = [
  'create table office_nodes (node text primary key, address text not null, lease_until bigint not null)',
  'create table office_homes (document text primary key, node text not null, epoch bigint not null)',
  'create index office_homes_of_node on office_homes (node)',
  `create table office_documents (document text primary key, has_unsaved smallint not null, changed_at bigint not null,
    content BYTES not null)`,
  'create table office_steps (number NUMBERED, document text not null, steps BYTES not null)',
  'create index office_steps_of_document on office_steps (document, number)',
  'create table office_leftovers (number NUMBERED, document text not null, content BYTES not null)',
  'create index office_leftovers_of_document on office_leftovers (document, number)',
  'create table office_spent (name text primary key, spent_at bigint not null)',
  'create table office_tickets (name text primary key, ends_at bigint not null, sealed text not null)',
  'create index office_tickets_by_end on office_tickets (ends_at)',
]

const sessionsByUse = ['create index sessions_by_use on sessions (used_at, hash)']

/** On which server each upload lies that has begun. */
const uploadPlaces = [
  'create table upload_places (id text primary key, address text not null, begun_at bigint not null)',
  'create index upload_places_by_age on upload_places (begun_at)',
]

/** What is removed once it has ended is found without reading what has not. */
const byEnd = [
  'create index sessions_by_begin on sessions (begun_at)',
  'create index revoked_tokens_by_end on revoked_tokens (expires_at)',
  'create index office_spent_by_age on office_spent (spent_at)',
  'create index office_documents_by_age on office_documents (has_unsaved, changed_at)',
]

/** On which server each save lies that could not be stored. */
const spooledSaves = [
  `create table spooled_saves (id text primary key, address text not null, at bigint not null, size bigint not null,
    user_id text not null, user_name text not null, name text, file_id text, folder_id text)`,
  'create index spooled_saves_by_address on spooled_saves (address)',
]

/** Who was added or taken away last. */
const userChanges = [
  'create table user_changes (number bigint primary key, name_key text not null, at bigint not null)',
]

/** The steps that bring what the server keeps up to date, in the order of their names. */
export const migrations = (engine: keyof typeof types): Record<string, Migration> => ({
  '001-server': { up: (db) => run(db, engine, tables) },
  '002-rate-limits': { up: (db) => run(db, engine, rateLimits) },
  '003-office': { up: (db) => run(db, engine, officeTables) },
  '004-sessions-by-use': { up: (db) => run(db, engine, sessionsByUse) },
  '005-upload-places': { up: (db) => run(db, engine, uploadPlaces) },
  '006-by-end': { up: (db) => run(db, engine, byEnd) },
  '007-spooled-saves': { up: (db) => run(db, engine, spooledSaves) },
  '008-user-changes': { up: (db) => run(db, engine, userChanges) },
})

async function run(db: Kysely<unknown>, engine: keyof typeof types, statements: readonly string[]): Promise<void> {
  const { BYTES, NUMBERED } = types[engine]
  for (const statement of statements)
    await sql.raw(statement.replace('BYTES', BYTES).replace('NUMBERED', NUMBERED)).execute(db)
}
