import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { assetsFolder, pageAssets } from '../src/pages/assets.ts'
import { buildPages } from './support/built-pages.ts'

const most = 300 * 1024

beforeAll(buildPages, 120_000)

test('What every page loads, before an engine for its kind of document, is less than 300 KiB compressed', async () => {
  const { script, styles } = await pageAssets()
  const sizes = [script, ...styles].map((name) => gzipSync(readFileSync(`${assetsFolder}${name}`)).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(most)
})
