import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { referencePages } from '../../../scripts/reference-pages.js'
import * as protocol from '../src/index.ts'

const folder = new URL('../../../docs/reference/', import.meta.url)
const pages: Record<string, string> = referencePages(protocol)

test.each(Object.keys(pages))('docs/reference/%s says what the tables say; if not, run npm run docs', async (name) => {
  expect(await readFile(new URL(name, folder), 'utf8')).toBe(pages[name])
})

test('docs/reference has no page beside those of the tables and that of the checks', async () => {
  expect((await readdir(folder)).toSorted()).toEqual([...Object.keys(pages), 'checks.md'].toSorted())
})
