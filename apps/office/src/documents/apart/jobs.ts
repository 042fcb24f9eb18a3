import type { ParagraphChanges } from '../outline/outline.ts'
import type { OutlineReading } from '../outline/outline-document.ts'
import type { PdfFacts, PdfFault } from '../pdf/read-facts.ts'

interface File {
  readonly file: Uint8Array
}

/** One whose type is known by its name: without the dot, in lower case. */
interface NamedFile extends File {
  readonly extension: string
}

/**
 * What a thread does with a document, each by its name: what it is given and what comes of it are copied between threads.
 * What reads a format is loaded when it is asked for.
 */
export const jobs = {
  /** Why a workbook may only be shown, as sentences. */
  async inspectWorkbook({ file }: File): Promise<readonly string[]> {
    const { openWorkbook } = await import('../sheet/open-workbook.ts')
    return openWorkbook(file).workbook.obstacles
  },
  /** A workbook as the state of a shared document changes it. */
  async writeWorkbook({ file, state }: File & { readonly state: Uint8Array }): Promise<Uint8Array> {
    const { workbookWith } = await import('../sheet/workbook-with.ts')
    return workbookWith(file, state)
  },
  /** Why a Word document may only be shown, as a sentence. `undefined`: it may be changed. */
  async examineWord({ file }: File): Promise<string | undefined> {
    const { examineWord } = await import('../word/examine-word.ts')
    return examineWord(file)
  },
  /** Throws where a changed Word document would lose something of the one before. */
  async checkWord({ file, changed }: File & { readonly changed: Uint8Array }): Promise<void> {
    const { checkUpload } = await import('../word/check-upload.ts')
    checkUpload(file, changed)
  },
  /** The text of a document that is edited where it stands. */
  async readOutline({ file, extension }: NamedFile): Promise<OutlineReading> {
    const { readOutline } = await import('../outline/outline-document.ts')
    return readOutline(file, extension)
  },
  /** Such a document with new texts of some paragraphs. */
  async writeOutline({
    file,
    extension,
    changes,
  }: NamedFile & { readonly changes: ParagraphChanges }): Promise<Uint8Array> {
    const { openOutline } = await import('../outline/outline-document.ts')
    return openOutline(file, extension).write(changes)
  },
  /** What is to be known of a PDF before it is changed, and after. */
  async readPdf({ file }: File): Promise<PdfFacts | PdfFault> {
    const { readFacts } = await import('../pdf/read-facts.ts')
    return readFacts(file)
  },
  /** The words of a document, a line for each paragraph. */
  async readWords({ file, extension }: NamedFile): Promise<string> {
    const { wordsOf } = await import('../words/words-of.ts')
    return wordsOf(file, extension)
  },
}

/** What can be asked of a thread. */
export type Jobs = typeof jobs
export type JobName = keyof Jobs
/** What a job is given. */
export type Given<J extends JobName> = Parameters<Jobs[J]>[0]
/** What comes of a job. */
export type Outcome<J extends JobName> = Awaited<ReturnType<Jobs[J]>>
