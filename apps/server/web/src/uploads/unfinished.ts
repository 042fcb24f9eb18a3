import type { Upload } from './upload.ts'

/** An upload that an earlier visit has left unfinished. The server has a part of it; the browser has lost the file. */
export interface Unfinished {
  /** Where the browser keeps the note of it. */
  readonly key: string
  readonly folderId: string
  readonly name: string
  /** Bytes of the whole file. */
  readonly size: number
}

// The prefix is that of the tus library's own notes in the browser's storage.
const notes = 'tus::openwopi|'

/** What tells two attempts to upload one file to one place from attempts at anything else. */
export const fingerprintOf = ({ file, folderId, name, overwrite }: Omit<Upload, 'id' | 'sent' | 'state'>): string =>
  ['openwopi', folderId, encodeURIComponent(name), file.size, file.lastModified, overwrite ? 'over' : 'new'].join('|')

/** The uploads that can go on once their files are chosen again. */
export const unfinishedUploads = (): readonly Unfinished[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(notes))
    .map((key) => {
      const [folderId = 'root', name = '', bytes = '0'] = key.slice(notes.length).split('|')
      return { key, folderId, name: decodeURIComponent(name), size: Number(bytes) }
    })

/** Whether it has been neither finished nor forgotten since. */
export const isStillUnfinished = ({ key }: Unfinished): boolean => localStorage.getItem(key) !== null

/** Forgets an unfinished upload. The server clears its part away in time. */
export const forgetUnfinished = ({ key }: Unfinished): void => localStorage.removeItem(key)
