import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, openDatabase } from '@openwopi/storage-folder/database'

/** A file in whose words a text was found. */
export interface WordHit {
  readonly id: string
  /** The words around it, the found ones between `mark` characters. */
  readonly snippet: string
}

/** The character before and after each found word in a snippet. */
export const mark = '\u0001'

/** The words inside documents. Whatever is lost of it is read again. */
export interface WordIndex {
  /** The version whose words are kept. `undefined`: none is. */
  versionOf(fileId: string): string | undefined
  /** `words`: empty for a file that has none, or whose words cannot be read. */
  put(file: { readonly id: string; readonly version: string }, words: string): void
  remove(fileId: string): void
  /** Files that hold every word of `text`, the last one possibly only begun; the best first. */
  search(text: string, limit: number): readonly WordHit[]
  close(): void
}

const migrations = [
  `CREATE TABLE files (id TEXT PRIMARY KEY, version TEXT NOT NULL, row INTEGER NOT NULL UNIQUE);
   CREATE VIRTUAL TABLE words USING fts5(content, tokenize = 'unicode61 remove_diacritics 2')`,
]

/** Opens the index in `dataFolder`. One that is damaged is begun anew. */
export async function openWordIndex(dataFolder: string): Promise<WordIndex> {
  const path = join(dataFolder, 'words.db')
  try {
    return over(await openDatabase(path, migrations))
  } catch {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
    return over(await openDatabase(path, migrations))
  }
}

function over(database: Database): WordIndex {
  const version = database.prepare<{ version: string; row: number }>('SELECT version, row FROM files WHERE id = ?')
  const nextRow = database.prepare<{ row: number }>('SELECT coalesce(max(row), 0) + 1 AS row FROM files')
  const insertFile = database.prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?)')
  const insertWords = database.prepare('INSERT INTO words (rowid, content) VALUES (?, ?)')
  const deleteFile = database.prepare('DELETE FROM files WHERE id = ?')
  const deleteWords = database.prepare('DELETE FROM words WHERE rowid = ?')
  const matching = database.prepare<WordHit>(
    `SELECT files.id AS id, snippet(words, 0, char(1), char(1), '…', 16) AS snippet
     FROM words JOIN files ON files.row = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT ?`,
  )

  return {
    versionOf: (fileId) => version.get(fileId)?.version,
    put({ id, version: at }, words) {
      database.lightTransaction(() => {
        const row = version.get(id)?.row ?? nextRow.get()?.row ?? 1
        deleteWords.run(row)
        insertFile.run(id, at, row)
        insertWords.run(row, spaced(words))
      })
    },
    remove(fileId) {
      database.lightTransaction(() => {
        const row = version.get(fileId)?.row
        if (row !== undefined) deleteWords.run(row)
        deleteFile.run(fileId)
      })
    },
    search(text, limit) {
      const query = queryOf(text)
      const hits = query === '' ? [] : matching.all(query, limit)
      return hits.map(({ id, snippet }) => ({ id, snippet: unspaced(snippet) }))
    },
    close: () => database.close(),
  }
}

/** Chinese and Japanese are written without spaces between words: each character counts as one. */
const together = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu
const spaced = (text: string): string => text.replace(together, ' $& ')
const unspaced = (text: string): string =>
  text
    .replace(/(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\u0001?) +/gu, '')
    .replace(/ +(?=\u0001?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

/** Every word in quotes, so that nothing in it is taken for an operator; characters of one word in a row. */
function queryOf(text: string): string {
  const words = text.split(/\s+/).flatMap((word) => {
    const parts = spaced(word.replace(/["\0]/g, ' ')).match(/[\p{L}\p{N}\p{M}]+/gu)
    return parts ? [parts.join(' ')] : []
  })
  return words.map((word, index) => `"${word}"${index === words.length - 1 ? ' *' : ''}`).join(' ')
}
