import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const sources = new URL('../src/', import.meta.url)
const names = (await readdir(sources, { recursive: true })).filter((name) => name.endsWith('.ts'))

/** Proofs are made and checked by servers. */
const forServers = ['proof.ts', 'find-proof.ts']

test.each(names.filter((name) => !forServers.includes(name)))('%s runs in a browser', async (name) => {
  const code = await readFile(new URL(name, sources), 'utf8')
  expect(code).not.toMatch(/from 'node:|\bBuffer\b|\bprocess\b|from '\.{1,2}\/(find-)?proof\.ts'/)
})
