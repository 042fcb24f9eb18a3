import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere } from '../read-if-there.ts'
import { writeAtomically } from '../write-atomically.ts'
import { type DocumentStore, hashOf, keptFor, type StoredDocument } from './document-store.ts'
import { readSteps, withSteps, writeSteps } from './steps.ts'
import { readDocument, writeDocument } from './stored-document.ts'

/** Documents in files under `folder`, for one node: each in one file, and what is added to it in another. */
export async function folderDocuments(folder: string, now: () => number): Promise<DocumentStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweep(folder, now())
  const spent = new Set<string>()
  const path = (wopiSrc: string, ending: string) => join(folder, `${hashOf(wopiSrc)}.${ending}`)
  const removeSteps = (wopiSrc: string) => rm(path(wopiSrc, 'steps'), { force: true })
  const load = async (wopiSrc: string) => {
    const stored = parse(await readIfThere(path(wopiSrc, 'document')))
    const added = stored && (await readIfThere(path(wopiSrc, 'steps')))
    return added ? withSteps(stored, readSteps(added)) : stored
  }
  return {
    load,
    async save(document) {
      await writeAtomically(path(document.wopiSrc, 'document'), writeDocument(document))
      await removeSteps(document.wopiSrc)
    },
    append: ({ wopiSrc }, steps) => appendTo(path(wopiSrc, 'steps'), writeSteps(steps)),
    async remove({ wopiSrc }) {
      // Steps without a document are never read; a document without its steps would not be what it was.
      await removeSteps(wopiSrc)
      await rm(path(wopiSrc, 'document'), { force: true })
    },
    async putAside({ wopiSrc }) {
      const document = await load(wopiSrc)
      await keepOlder(path(wopiSrc, 'leftover'))
      if (document) await writeAtomically(path(wopiSrc, 'leftover'), writeDocument(document))
      await removeSteps(wopiSrc)
      await rm(path(wopiSrc, 'document'), { force: true })
    },
    leftover: async (wopiSrc) => parse(await readIfThere(path(wopiSrc, 'leftover'))),
    removeLeftover: (wopiSrc) => rm(path(wopiSrc, 'leftover'), { force: true }),
    spend: async (documentName) => void spent.add(documentName),
    isSpent: async (documentName) => spent.has(documentName),
  }
}

const parse = (raw: Buffer | undefined): StoredDocument | undefined => raw && readDocument(raw)

async function appendTo(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    await file.writeFile(content)
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Removes what a crash has left half written, and saved documents that nobody came back to. */
async function sweep(folder: string, now: number): Promise<void> {
  const names = await readdir(folder)
  for (const name of names) {
    const path = join(folder, name)
    if (name.endsWith('.tmp')) await rm(path, { force: true })
    if (!name.endsWith('.document')) continue
    const document = parse(await readIfThere(path))
    const hasSteps = names.includes(name.replace(/document$/, 'steps'))
    const isStale = document && !document.hasUnsaved && !hasSteps && document.changedAt + keptFor < now
    if (isStale) await rm(path, { force: true })
  }
}

/** One put aside earlier is no reason to lose it: it stays on disk under its age. */
async function keepOlder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found) await rename(path, `${path}.${Math.round(found.mtimeMs)}`)
}
