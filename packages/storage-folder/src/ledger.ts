import type { User } from '@openwopi/host'
import type { Database } from './database.ts'

/** What is known of one version of a file, the present one or one that is kept. */
export interface Recorded {
  readonly file: string
  readonly version: number
  readonly size: number
  readonly mtime: number
  readonly sha256: string | null
  /** `undefined`: it came from outside. */
  readonly by: User | undefined
  readonly editors: readonly string[] | undefined
  readonly isAutosave: boolean
  /** When the first of the autosaves was made that have become this one. */
  readonly squashedFrom: number
}

/** The history of all files. Of a present version that came from outside there is no record. */
export interface Ledger {
  /** Newest first. */
  of(file: string): Recorded[]
  get(file: string, version: number): Recorded | undefined
  put(record: Recorded): void
  drop(file: string, version: number): void
}

interface Row {
  readonly file: string
  readonly version: number
  readonly size: number
  readonly mtime: number
  readonly sha256: string | null
  readonly author: string | null
  readonly editors: string | null
  readonly isAutosave: number
  readonly squashedFrom: number
}

/** Opens the history in the index. */
export function openLedger(database: Database): Ledger {
  const all = database.prepare<Row>('SELECT * FROM versions WHERE file = ? ORDER BY version DESC')
  const one = database.prepare<Row>('SELECT * FROM versions WHERE file = ? AND version = ?')
  const insertion = database.prepare('INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const deletion = database.prepare('DELETE FROM versions WHERE file = ? AND version = ?')
  return {
    of: (file) => all.all(file).map(toRecord),
    get(file, version) {
      const row = one.get(file, version)
      return row && toRecord(row)
    },
    put({ file, version, size, mtime, sha256, by, editors, isAutosave, squashedFrom }) {
      const author = by ? JSON.stringify(by) : null
      const names = editors ? JSON.stringify(editors) : null
      insertion.run(file, version, size, mtime, sha256, author, names, isAutosave ? 1 : 0, squashedFrom)
    },
    drop: (file, version) => void deletion.run(file, version),
  }
}

const toRecord = ({ author, editors, isAutosave, ...row }: Row): Recorded => ({
  ...row,
  by: author === null ? undefined : JSON.parse(author),
  editors: editors === null ? undefined : JSON.parse(editors),
  isAutosave: isAutosave === 1,
})
