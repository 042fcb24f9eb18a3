import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cache } from './documents/cache.ts'
import type { CorpusDocument } from './documents/corpus-document.ts'
import type { Outcome } from './outcome.ts'

const folder = join(cache, 'results')
const nameOf = ({ name }: CorpusDocument) => name.replaceAll('/', ' - ')
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** What came of a document, and what it was before and after, for as long as a run may be gone on with. */
export interface Result {
  readonly outcome: Outcome
  /** Files with the document before and after; absent where nothing was saved. */
  readonly files?: readonly [before: string, after: string]
}

interface Kept extends Result {
  /** Of the document that the result is about. */
  readonly hash: string
}

/** Forgets all results: a run begins. */
export async function forgetResults(): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** What is known of these bytes of a document from a run that was broken off. */
export async function resultOf(document: CorpusDocument, bytes: Uint8Array): Promise<Result | undefined> {
  const file = join(folder, `${nameOf(document)}.json`)
  if (!existsSync(file)) return undefined
  const kept = JSON.parse(await readFile(file, 'utf8')) as Kept
  return kept.hash === hashOf(bytes) ? kept : undefined
}

/** Writes down what came of a document. */
export async function keepResult(
  document: CorpusDocument,
  { before, after, outcome }: { before: Uint8Array; after: Uint8Array | undefined; outcome: Outcome },
): Promise<Result> {
  const name = nameOf(document)
  const files = [join(folder, 'before', name), join(folder, 'after', name)] as const
  await mkdir(join(folder, 'before'), { recursive: true })
  await mkdir(join(folder, 'after'), { recursive: true })
  if (after) {
    await writeFile(files[0], before)
    await writeFile(files[1], after)
  }
  const result: Result = { outcome, ...(after && { files }) }
  await writeFile(join(folder, `${name}.json`), JSON.stringify({ ...result, hash: hashOf(before) } satisfies Kept))
  return result
}
