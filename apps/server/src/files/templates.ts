import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredFile } from '@openwopi/host'
import { extensionOf } from '../clients/editors.ts'

/** Documents that empty ones start as. */
export interface Templates {
  /** Where the one for a file of this kind lies. `undefined`: there is none. */
  pathFor(file: Pick<StoredFile, 'name'>): string | undefined
}

/** The documents in a folder by their extensions, as they are called now; of several with one extension, the first by name. */
export function templatesIn(folder: string | undefined): Templates {
  const paths = new Map<string, string>()
  for (const name of folder === undefined ? [] : namesIn(folder)) {
    const extension = extensionOf(name)
    if (folder !== undefined && extension !== '' && !paths.has(extension)) paths.set(extension, join(folder, name))
  }
  return { pathFor: ({ name }) => paths.get(extensionOf(name)) }
}

function namesIn(folder: string): readonly string[] {
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
    return files
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('.'))
      .sort()
  } catch (cause) {
    throw new Error(
      `The folder of templates ${folder} cannot be read. Make it readable, or name another with --templates.`,
      { cause },
    )
  }
}
