import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { assetsFolder } from '../src/pages/assets.ts'
import { buildPages } from './support/built-pages.ts'

const most = 300 * 1024
const config = fileURLToPath(new URL('../web/vite.config.ts', import.meta.url))

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}

beforeAll(buildPages, 120_000)

/** What a chunk is loaded with: itself, and whatever it cannot do without. */
function* loadedWith(chunks: Readonly<Record<string, Chunk>>, name: string): Generator<string> {
  const chunk = chunks[name]
  if (!chunk) return
  yield chunk.file
  yield* chunk.css ?? []
  for (const other of chunk.imports ?? []) yield* loadedWith(chunks, other)
}

test('What every page loads, before an engine for its kind of document, is less than 300 KiB compressed', () => {
  const chunks: Record<string, Chunk> = JSON.parse(readFileSync(`${assetsFolder}.vite/manifest.json`, 'utf8'))
  const entry = 'src/main.ts'
  const files = new Set(loadedWith(chunks, entry))
  expect(files.size).toBeGreaterThan(2)
  const sizes = [...files].map((name) => gzipSync(readFileSync(`${assetsFolder}${name}`)).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(most)
})

/** Modules of this repository; all others are engines, and what those are made of. */
const isOwn = (id: string): boolean => /^(\.|\/|\0|@openwopi\/|virtual:)/.test(id) && !id.includes('/node_modules/')

test('The client’s own code for all kinds of documents together is less than 300 KiB compressed', async () => {
  const rollupOptions = { external: (id: string) => !isOwn(id) }
  const built = await build({
    configFile: config,
    logLevel: 'silent',
    build: { write: false, rollupOptions },
    worker: { format: 'es', rollupOptions },
  })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const sizes = outputs.map((one) => gzipSync(one.type === 'chunk' ? one.code : one.source).length)
  const all = sizes.reduce((sum, size) => sum + size, 0)
  // Less than this could not be all of it.
  expect(all).toBeGreaterThan(30 * 1024)
  expect(all).toBeLessThan(most)
}, 120_000)
