import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** What vite made of the pages' sources. */
export const assetsFolder = fileURLToPath(new URL('../../dist/web/', import.meta.url))

/** The files a page loads, relative to the assets' address. */
export interface PageAssets {
  readonly script: string
  /** The script of a page that waits. */
  readonly waiting: string
  readonly styles: readonly string[]
}

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
}

/** Reads the list that vite leaves. Throws where the pages have not been built. */
export async function pageAssets(): Promise<PageAssets> {
  const manifest = await readFile(`${assetsFolder}.vite/manifest.json`, 'utf8').catch((cause) => {
    throw new Error('The pages of the office are not built. Run: npm run build', { cause })
  })
  const chunks: Record<string, Chunk> = JSON.parse(manifest)
  const { 'src/main.ts': entry, 'src/waiting.ts': waiting } = chunks
  if (!entry || !waiting) throw new Error('The pages of the office are not built completely. Run: npm run build')
  return { script: entry.file, waiting: waiting.file, styles: entry.css ?? [] }
}
