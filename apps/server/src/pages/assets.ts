import { readFileSync } from 'node:fs'

/** The entries of the web build, by the source file that each begins with. */
export type Entry = 'src/main.tsx' | 'src/open.ts' | 'src/simple.ts'

/** Addresses of what an entry loads. */
export interface Assets {
  readonly script: string
  readonly styles: readonly string[]
  /** Modules that the script imports: a page that names them has them sooner. */
  readonly preloads: readonly string[]
}

/** One entry of the manifest that the web build leaves. */
interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}

type Manifest = Readonly<Record<string, Chunk>>

/** The folder of the built assets, which the server offers under `/assets/`. */
export const assetsFolder: URL = new URL('../../dist/web/', import.meta.url)

/** What a page with this entry loads. Throws if the pages have not been built. */
export const assetsOf = (entry: Entry): Assets => {
  const manifest = readManifest()
  const chunks = reach(manifest, entry, new Set())
  return {
    script: address(manifest[entry]?.file ?? ''),
    // What a chunk imports comes before it, so that its own rules have the last word.
    styles: [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))].map(address),
    preloads: chunks.slice(0, -1).map((chunk) => address(chunk.file)),
  }
}

const readManifest = (): Manifest => {
  try {
    return JSON.parse(readFileSync(new URL('.vite/manifest.json', assetsFolder), 'utf8'))
  } catch (cause) {
    throw new Error('The pages have not been built. Run `npm run build` and start again.', { cause })
  }
}

/** All that a chunk imports, and the chunk itself, last. */
const reach = (manifest: Manifest, key: string, seen: Set<string>): readonly Chunk[] => {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return []
  seen.add(key)
  return [...(chunk.imports ?? []).flatMap((next) => reach(manifest, next, seen)), chunk]
}

const address = (file: string): string => `/assets/${file}`
