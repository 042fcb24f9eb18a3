import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch } from '../../apps/office/test/support/browser.ts'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { setUp } from '../../apps/office/test/support/setup.ts'
import { changeDocument, type Desk } from './change-document.ts'
import { cache } from './documents/cache.ts'
import { fetchedDocuments } from './documents/fetched.ts'
import { judge } from './judge.ts'

let desk: Desk
beforeAll(async () => {
  await buildPages()
  await mkdir(join(cache, 'results'), { recursive: true })
  desk = { browser: await launch(), setup: await setUp() }
})
afterAll(async () => {
  await desk.browser.close()
  await desk.setup.close()
})
const only = new RegExp(process.env['ONLY'] ?? '.')
test.each(fetchedDocuments.filter(({ name }) => only.test(name)))('$name', async (document) => {
  const before = await document.bytes()
  const saved = await changeDocument(desk, document, before).catch((e) => ({ is: 'wrong' as const, why: String(e) }))
  if (saved.is === 'wrong') console.log(document.name, JSON.stringify(saved))
  if (saved.is === 'wrong') throw new Error(saved.why)
  const outcome = judge(document.extension, before, saved)
  console.log(document.name, JSON.stringify(outcome))
  if (saved.is === 'changed') {
    const name = document.name.replaceAll('/', ' - ')
    await writeFile(join(cache, 'results', `before ${name}`), before)
    await writeFile(join(cache, 'results', `after ${name}`), saved.after)
  }
  expect(outcome.is).not.toBe('wrong')
})
