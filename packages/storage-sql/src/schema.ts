import { type Kysely, type Migration, sql } from 'kysely'
import { cellTables } from './cells/tables.ts'
import type { Engine } from './engine.ts'

/** The steps that bring a database up to date, in the order of their names. */
export const migrations = (engine: Engine): Record<string, Migration> => ({
  '001-files': { up: (db) => run(db, engine, files) },
  '002-about-files': { up: (db) => run(db, engine, aboutFiles) },
  '003-parts-of-names': { up: (db) => run(db, engine, engine === 'postgres' ? [partsOfNames] : []) },
  '004-chores': { up: (db) => run(db, engine, chores) },
  '006-cells': { up: (db) => run(db, engine, cellTables(engine)) },
  '007-one-link-a-wish': { up: (db) => run(db, engine, oneLinkAWish) },
})

/** The same for a database in which there is nothing but cells. */
export const cellMigrations = (engine: Engine): Record<string, Migration> => ({
  '001-cells': { up: (db) => run(db, engine, cellTables(engine)) },
})

/** What a type is called. Texts are compared byte by byte, so that both engines and every locale sort them alike. */
const types: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  postgres: {
    TEXT: 'text COLLATE "C"',
    NUMBERED: 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    FILL: 'WITH (fillfactor = 80)',
    BYTES: 'bytea',
  },
  sqlite: { TEXT: 'text', NUMBERED: 'integer PRIMARY KEY AUTOINCREMENT', FILL: '', BYTES: 'blob' },
}

async function run(db: Kysely<unknown>, engine: Engine, statements: readonly string[]): Promise<void> {
  for (const statement of statements)
    await sql.raw(statement.replaceAll(/\b[A-Z]{4,}\b/g, (word) => types[engine][word] ?? word)).execute(db)
}

// A lock that is refreshed changes no column that an index knows, so that PostgreSQL writes the row's page and no more.
const files = [
  `create table entries (
    id TEXT primary key,
    parent_id TEXT,
    kind smallint not null,
    name TEXT not null,
    name_key TEXT not null,
    sort_key TEXT not null,
    state smallint not null,
    owner_id TEXT not null,
    sequence bigint not null,
    version TEXT not null,
    size bigint not null,
    modified_at bigint not null,
    sha256 TEXT,
    blob TEXT,
    kept integer not null,
    lock TEXT,
    lock_revision bigint not null default 0,
    lock_expires_at bigint not null default 0,
    is_locked smallint not null default 0,
    removed_at bigint,
    removed_by TEXT
  ) FILL`,
  'create unique index entries_named on entries (parent_id, name_key) where state = 0',
  'create index entries_in_order on entries (parent_id, kind, sort_key, name) where state = 0',
  'create index entries_by_time on entries (parent_id, modified_at, name) where state = 0 and kind = 1',
  'create index entries_by_size on entries (parent_id, size, name) where state = 0 and kind = 1',
  'create index entries_locked on entries (id) where is_locked = 1',
  'create index entries_removed on entries (removed_at) where state = 1',
  `create table versions (
    file_id TEXT not null,
    sequence bigint not null,
    version TEXT not null,
    size bigint not null,
    modified_at bigint not null,
    sha256 TEXT not null,
    blob TEXT not null,
    author TEXT not null,
    editors TEXT,
    is_autosave smallint not null,
    squashed_from bigint not null,
    primary key (file_id, sequence)
  )`,
  'create table blobs (key TEXT primary key, state smallint not null, since bigint not null)',
  'create index blobs_to_sweep on blobs (state, since) where state <> 1',
  'create table carried (file_id TEXT not null, sequence bigint not null, carried TEXT not null, primary key (file_id, sequence))',
]

const aboutFiles = [
  'create table uploads (token TEXT primary key, file_id TEXT not null, user_id TEXT not null, size bigint not null, ends_at bigint not null)',
  'create index uploads_of_user on uploads (user_id, ends_at)',
  'create index uploads_ending on uploads (ends_at)',
  'create table upload_parts (token TEXT not null, start bigint not null, size bigint not null, blob TEXT not null, primary key (token, start))',
  `create table shares (
    id TEXT primary key,
    kind TEXT not null,
    resource_id TEXT not null,
    type TEXT not null,
    author TEXT not null,
    author_id TEXT not null,
    made_at bigint not null,
    expires_at bigint,
    wanted_until bigint
  )`,
  'create index shares_of_resource on shares (resource_id, kind)',
  'create index shares_ending on shares (expires_at) where expires_at is not null',
  'create table restricted_links (id TEXT primary key, file_id TEXT not null, kind TEXT not null, author TEXT not null)',
  'create unique index restricted_links_of_file on restricted_links (file_id, kind)',
  `create table activities (
    number NUMBERED,
    file_id TEXT not null,
    activity_key TEXT not null,
    activity TEXT not null,
    author TEXT not null,
    told_at bigint not null
  )`,
  'create unique index activities_told on activities (file_id, activity_key)',
  'create index activities_of_file on activities (file_id, number)',
  'create table mentions (user_key TEXT not null, number bigint not null, primary key (user_key, number))',
  'create table signatures (file_id TEXT not null, version TEXT not null, known TEXT not null, kept_at bigint not null, primary key (file_id, version))',
  'create index signatures_by_age on signatures (kept_at)',
  'create table user_info (user_key TEXT primary key, info TEXT not null)',
]

const oneLinkAWish = ['alter table shares add column wish TEXT', 'create unique index shares_by_wish on shares (wish)']

const chores = ['create table chores (name TEXT primary key, due_at bigint not null)']

/** Lets a part of a name be searched for without reading every name, where the server may load what that takes. */
const partsOfNames = `do $$
begin
  create extension if not exists pg_trgm;
  create index entries_by_part on entries using gin (sort_key gin_trgm_ops) where state = 0;
exception when others then
  raise notice 'names are searched without an index: %', sqlerrm;
end $$`
