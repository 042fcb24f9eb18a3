import type { Containers, Content, Storage, StoredFile } from '@openwopi/host'
import { extensionOf } from '../clients/editors.ts'
import { causeOf, type Log } from '../log-event.ts'
import type { WordIndex } from './word-index.ts'

/** Reads the words of documents where a hostile one does no harm. */
export interface WordReader {
  /** Whether files with this extension, given without the dot, have words. */
  has(extension: string): boolean
  read(bytes: Uint8Array, extension: string): Promise<string>
}

export interface KeepWordsOptions {
  readonly folder: { readonly storage: Storage; readonly containers: Containers }
  readonly index: WordIndex
  readonly reader: WordReader
  readonly log: Log
  /** Bytes of the largest file that is read; default 64 MiB. */
  readonly largest?: number
}

/** Keeps the index of words up with the files. */
export interface KeptWords {
  /** To be called when a file has come, changed or gone. */
  changed(fileId: string): void
  /** Goes through all files. Resolves when that is done. */
  all(): Promise<void>
  /** Resolves when everything that has changed so far has been read. */
  settled(): Promise<void>
  close(): Promise<void>
}

const pageSize = 200

/** Files are read one at a time, in the background. */
export function keepWords({ folder, index, reader, log, largest = 64 * 1024 ** 2 }: KeepWordsOptions): KeptWords {
  const { storage, containers } = folder
  const waiting = new Set<string>()
  let working: Promise<void> | undefined
  let isClosed = false

  async function work(): Promise<void> {
    for (const id of waiting) {
      if (isClosed) return
      waiting.delete(id)
      await keep(id).catch((cause) => log({ level: 'warn', event: 'words', file: id, ...causeOf(cause) }))
    }
  }

  function changed(id: string): void {
    waiting.add(id)
    working ??= work().finally(() => {
      working = undefined
      if (waiting.size > 0 && !isClosed) changed([...waiting][0] ?? '')
    })
  }

  async function keep(id: string): Promise<void> {
    const file = await storage.find(id)
    if (!file) return index.remove(id)
    if (index.versionOf(id) !== file.version) index.put(file, await wordsOf(file))
  }

  /** What cannot be read is found by its name only. */
  async function wordsOf(file: StoredFile): Promise<string> {
    const extension = extensionOf(file.name)
    if (!reader.has(extension) || file.size > largest || file.size === 0) return ''
    const content = await storage.read(file)
    if (!content) return ''
    try {
      return await reader.read(await bytesOf(content, file.size), extension)
    } catch (cause) {
      log({ level: 'debug', event: 'words', what: 'unreadable', file: file.id, ...causeOf(cause) })
      return ''
    }
  }

  async function walk(folderId: string): Promise<void> {
    let after: string | undefined
    do {
      const page = await containers.children(folderId, { limit: pageSize, ...(after !== undefined && { after }) })
      for (const { id, version } of page.files) if (index.versionOf(id) !== version) changed(id)
      await working
      for (const { id } of page.containers) if (!isClosed) await walk(id)
      after = page.next
    } while (after !== undefined && !isClosed)
  }

  return {
    changed,
    all: async () => walk((await containers.root()).id),
    async settled() {
      while (working) await working
    },
    async close() {
      isClosed = true
      await working
      index.close()
    },
  }
}

async function bytesOf(content: Content, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size)
  let at = 0
  for await (const chunk of content) {
    bytes.set(chunk.subarray(0, size - at), at)
    at += chunk.length
  }
  return bytes
}
