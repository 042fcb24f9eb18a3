import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch } from '../../apps/office/test/support/browser.ts'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { setUp } from '../../apps/office/test/support/setup.ts'
import type { Desk } from './change-document.ts'
import { allDocuments } from './documents/all-documents.ts'
import { forgetResults, resultOf } from './results.ts'
import { runDocument } from './run-document.ts'

const goesOn = process.env['CORPUS_RESUME'] === '1'
const only = new RegExp(process.env['CORPUS_ONLY'] ?? '')
let desk: Desk

beforeAll(async () => {
  if (!goesOn) await forgetResults()
  await buildPages()
  desk = { browser: await launch(), setup: await setUp() }
})
afterAll(async () => {
  await desk.browser.close()
  await desk.setup.close()
})

test.each(allDocuments.filter(({ name }) => only.test(name)))('$name', async (document) => {
  const bytes = await document.bytes()
  const known = goesOn ? await resultOf(document, bytes) : undefined
  const { outcome } = known ?? (await runDocument(desk, document, bytes))
  console.log(`${outcome.is}: ${document.name} ${outcome.why}`)
  expect(outcome).not.toMatchObject({ is: expect.stringMatching(/wrong|refused/) })
})
