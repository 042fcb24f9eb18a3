import { join } from 'node:path'
import { hasWords, wordReader } from '@openwopi/office/words'
import type { Config } from '../config.ts'
import type { Events } from '../events.ts'
import { causeOf, type Log } from '../log-event.ts'
import type { Files } from '../stored/open-files.ts'
import { converterOf } from './converter-of.ts'
import { keepWords } from './keep-words.ts'
import { painterWith } from './painter-with.ts'
import { openThumbnails, type Thumbnails } from './thumbnails.ts'
import { openWordIndex, type WordIndex } from './word-index.ts'

/** What is inside documents: their words, and how their first page looks. All of it can be made again. */
export interface Inside {
  readonly words: Pick<WordIndex, 'search'>
  /** Absent: there is nothing to draw with. */
  readonly thumbnails?: Thumbnails
  /** Begins to read, in the background. */
  begin(): void
  close(): Promise<void>
}

interface InsideOptions {
  readonly config: Pick<Config, 'soffice' | 'dataFolder'>
  readonly folder: Files
  readonly events: Events
  readonly log: Log
}

/** Opens what is known of the inside of documents, and keeps up with them once it has begun. */
export async function openInside({ config, folder, events, log }: InsideOptions): Promise<Inside> {
  const index = await openWordIndex(config.dataFolder)
  const reader = wordReader()
  const words = keepWords({ folder, index, reader: { has: hasWords, read: reader.read }, log })
  const converter = await converterOf(config, 'drawing')
  const pictures = join(config.dataFolder, 'thumbnails')
  const thumbnails = converter && (await openThumbnails(pictures, painterWith(converter, folder.storage), log))
  const failed = (cause: unknown) => log({ level: 'warn', event: 'inside', ...causeOf(cause) })
  let end = () => {}

  return {
    words: index,
    ...(thumbnails && { thumbnails }),
    begin() {
      const next = ({ fileId }: { readonly fileId?: string }) => fileId !== undefined && words.changed(fileId)
      end = events.subscribe({ next, end: () => {} })
      words.all().catch(failed)
      thumbnails?.sweep(folder.storage).catch(failed)
    },
    async close() {
      end()
      await Promise.all([words.close(), reader.close(), converter?.close()])
    },
  }
}
