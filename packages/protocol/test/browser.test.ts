import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const sources = new URL('../src/', import.meta.url)
const names = (await readdir(sources, { recursive: true })).filter((name) => name.endsWith('.ts'))

test.each(names.filter((name) => name !== 'proof.ts'))('%s runs in a browser', async (name) => {
  const code = await readFile(new URL(name, sources), 'utf8')
  expect(code).not.toMatch(/from 'node:|\bBuffer\b|\bprocess\b|from '\.{1,2}\/proof\.ts'/)
})
