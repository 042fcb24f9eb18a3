/** The tables of the index. Each entry brings a database from the version of its position to the next one. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    parent TEXT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    isFolder INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('here', 'missing', 'trashed')),
    ino REAL NOT NULL,
    born REAL NOT NULL,
    size INTEGER NOT NULL,
    mtime REAL NOT NULL,
    ctime REAL NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT,
    owner TEXT NOT NULL,
    outside INTEGER NOT NULL,
    removedAt INTEGER,
    removedBy TEXT
  );
  CREATE UNIQUE INDEX entriesByName ON entries (parent, name) WHERE state = 'here';
  CREATE INDEX entriesInOrder ON entries (parent, isFolder, folded, name) WHERE state = 'here';
  CREATE INDEX entriesByInode ON entries (ino);
  CREATE INDEX folders ON entries (id) WHERE isFolder = 1 AND state = 'here';
  CREATE INDEX trashed ON entries (removedAt) WHERE state = 'trashed';

  CREATE TABLE versions (
    file TEXT NOT NULL,
    version INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mtime REAL NOT NULL,
    sha256 TEXT,
    author TEXT,
    editors TEXT,
    isAutosave INTEGER NOT NULL,
    squashedFrom INTEGER NOT NULL,
    PRIMARY KEY (file, version)
  ) WITHOUT ROWID;

  CREATE TABLE publishing (
    file TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    ino REAL NOT NULL,
    born REAL NOT NULL,
    size INTEGER NOT NULL,
    mtime REAL NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE leftovers (path TEXT PRIMARY KEY, twinOf REAL) WITHOUT ROWID;

  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

  CREATE TABLE locks (
    file TEXT PRIMARY KEY,
    lock TEXT NOT NULL,
    expiresAt INTEGER NOT NULL,
    isReleased INTEGER NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE userInfo (user TEXT PRIMARY KEY, info TEXT NOT NULL) WITHOUT ROWID;
  `,
  `
  ALTER TABLE entries ADD COLUMN modifiedAt REAL NOT NULL DEFAULT 0;
  UPDATE entries SET modifiedAt = mtime;
  `,
  `
  ALTER TABLE entries ADD COLUMN firstSeen REAL NOT NULL DEFAULT 0;
  CREATE INDEX awaited ON entries (parent, name) WHERE state = 'missing';
  `,
  `
  CREATE TABLE shares (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    resource TEXT NOT NULL,
    type TEXT NOT NULL,
    author TEXT NOT NULL,
    authorId TEXT NOT NULL,
    madeAt INTEGER NOT NULL,
    expiresAt INTEGER,
    wantedUntil INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX sharesByResource ON shares (resource, kind);

  CREATE TABLE restrictedLinks (id TEXT PRIMARY KEY, file TEXT NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL) WITHOUT ROWID;
  CREATE UNIQUE INDEX restrictedLinksByFile ON restrictedLinks (file, kind);

  CREATE TABLE activities (
    number INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    id TEXT NOT NULL,
    activity TEXT NOT NULL,
    author TEXT NOT NULL,
    toldAt INTEGER NOT NULL
  );
  CREATE UNIQUE INDEX activitiesById ON activities (file, id);

  CREATE TABLE mentions (user TEXT, told INTEGER, PRIMARY KEY (user, told)) WITHOUT ROWID;
  `,
  `
  CREATE TABLE carried (
    file TEXT NOT NULL,
    version INTEGER NOT NULL,
    carried TEXT NOT NULL,
    PRIMARY KEY (file, version)
  ) WITHOUT ROWID;

  CREATE TABLE uploads (
    token TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    user TEXT NOT NULL,
    size INTEGER NOT NULL,
    endsAt INTEGER NOT NULL,
    name TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX uploadsByUser ON uploads (user);

  CREATE TABLE signatures (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    file TEXT NOT NULL,
    version TEXT NOT NULL,
    known TEXT NOT NULL
  );
  CREATE UNIQUE INDEX signaturesByContent ON signatures (file, version);
  `,
]
