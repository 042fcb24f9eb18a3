import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { compareFlatSheets, compareFlatText } from './compare/compare-flat.ts'
import { type ReadAgain, readAgain } from './compare/read-again.ts'
import { cache } from './documents/cache.ts'
import { extensionOf } from './documents/corpus-document.ts'
import type { Outcome } from './outcome.ts'
import type { Result } from './results.ts'

/** Files of which the comparison of bytes says all: nothing is left to be asked. */
const isPlain = (file: string) => ['csv', 'pdf'].includes(extensionOf(file))

/** Asks LibreOffice what it reads in documents before and after they were changed: what is kept must be so for it too. */
export async function secondOpinions(results: readonly Result[], folder = cache): Promise<readonly Outcome[]> {
  const asked = results.flatMap(({ files, outcome }) => (files && outcome.is === 'kept' ? [files] : []))
  const files = asked.filter(([before]) => !isPlain(before))
  const read = async (at: 0 | 1, name: string) =>
    readAgain(
      files.map((pair) => pair[at]),
      join(folder, 'read', name),
    )
  const [before, after] = [await read(0, 'before'), await read(1, 'after')]
  return results.map((result) => opinion(result, before, after))
}

/** The same for documents that are in memory, by their names. */
export async function secondOpinionOn(
  documents: ReadonlyMap<string, { before: Uint8Array; after: Uint8Array; outcome: Outcome }>,
): Promise<ReadonlyMap<string, Outcome>> {
  const folder = await mkdtemp(join(tmpdir(), 'corpus-'))
  try {
    const results = [...documents].map(async ([name, { before, after, outcome }]): Promise<Result> => {
      const files = ['before', 'after'].map((when) => join(folder, when, name.replaceAll('/', ' - ')))
      for (const [index, file] of files.entries()) {
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, index === 0 ? before : after)
      }
      return { outcome, files: [files[0] ?? '', files[1] ?? ''] }
    })
    const outcomes = await secondOpinions(await Promise.all(results), folder)
    return new Map([...documents.keys()].flatMap((name, index) => (outcomes[index] ? [[name, outcomes[index]]] : [])))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function opinion({ files, outcome }: Result, before: ReadAgain, after: ReadAgain): Outcome {
  if (!files || outcome.is !== 'kept' || isPlain(files[0])) return outcome
  const [one, other] = [before.get(files[0]), after.get(files[1])]
  if (one === undefined) return { ...outcome, second: 'cannot read it' }
  const problems =
    other === undefined ? ['LibreOffice cannot read it any more'] : compare([one, other], files[0], outcome)
  return problems.length === 0
    ? { ...outcome, second: 'agrees' }
    : { ...outcome, is: 'wrong', why: problems.slice(0, 3).join('; ') }
}

function compare([one, other]: readonly [string, string], file: string, outcome: Outcome): readonly string[] {
  const { change, recalculated = [] } = outcome
  if (!change) return []
  if (!/^xls[xm]$/.test(extensionOf(file))) return compareFlatText(one, other, change)
  const typed = change.cell ? `${change.cell.sheet}!${change.cell.name}` : ''
  return compareFlatSheets(one, other, new Set([typed, ...recalculated]))
}
