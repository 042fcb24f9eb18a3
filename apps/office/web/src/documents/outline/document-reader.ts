import type { TextPages } from '../../../../src/documents/odt/odt-looks.ts'
import type { Outline, ParagraphChanges } from '../../../../src/documents/outline/outline.ts'
import type { Slide } from '../../../../src/documents/slides/slide.ts'
import { documentWorker } from '../open/document-worker.ts'
import type { LooksQuestion, ToLooksWorker } from './looks-worker.ts'
import type { OutlineFile, SectionLooks, SlideSize } from './read-looks.ts'

/**
 * A document that is read in a thread of this page. `texts`: those of all paragraphs as they are now. Each question
 * throws `DocumentError`, also where the answer takes too long: the thread is ended then, and another one reads on.
 */
export interface DocumentReader {
  readonly outline: Outline
  /** Of the slides of a presentation. */
  size(): Promise<SlideSize>
  slide(id: string, texts: ParagraphChanges): Promise<SectionLooks<Slide>>
  pages(id: string, texts: ParagraphChanges): Promise<SectionLooks<TextPages>>
  /** The document with these texts. */
  write(texts: ParagraphChanges): Promise<Uint8Array>
  close(): void
}

/** Opens a document in a thread of its own. Throws `DocumentError`. */
export async function openReader(file: OutlineFile): Promise<DocumentReader> {
  const worker = documentWorker(() => startWorker(file))
  const ask = <T>(question: LooksQuestion) => worker.ask<T>(question)
  try {
    const outline = await ask<Outline>({ read: 'outline' })
    const changed = changedTexts(outline)
    return {
      outline,
      size: () => ask({ read: 'size' }),
      slide: (id, texts) => ask({ read: 'slide', section: { id, changes: changed(texts) } }),
      pages: (id, texts) => ask({ read: 'pages', section: { id, changes: changed(texts) } }),
      write: (texts) => ask({ read: 'file', changes: changed(texts) }),
      close: worker.close,
    }
  } catch (cause) {
    worker.close()
    throw cause
  }
}

/** A thread that knows the document: what is asked of it later need not carry it. */
function startWorker(file: OutlineFile): Worker {
  const worker = new Worker(new URL('./looks-worker.ts', import.meta.url), { type: 'module' })
  worker.postMessage({ file } satisfies ToLooksWorker)
  return worker
}

/** Those texts that are others than in the file: a thread is sent no more than it needs. */
function changedTexts({ sections }: Outline): (texts: ParagraphChanges) => ParagraphChanges {
  const known = new Map(sections.flatMap(({ paragraphs }) => paragraphs.map(({ id, text }) => [id, text])))
  return (texts) => new Map([...texts].filter(([id, text]) => known.get(id) !== text))
}
