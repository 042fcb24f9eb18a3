import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch } from '../../apps/office/test/support/browser.ts'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { setUp } from '../../apps/office/test/support/setup.ts'
import type { Desk } from './change-document.ts'
import { corpusPage, type Row } from './corpus-page.ts'
import { allDocuments } from './documents/all-documents.ts'
import { notOrdinary } from './ordinary.ts'
import { forgetResults, type Result, resultOf } from './results.ts'
import { runDocument } from './run-document.ts'
import { secondOpinions } from './second-opinion.ts'

const page = new URL('../../docs/office/corpus.md', import.meta.url)
const goesOn = process.env['CORPUS_RESUME'] === '1'
const only = process.env['CORPUS_ONLY']
const documents = allDocuments.filter(({ name }) => new RegExp(only ?? '').test(name))
const results = new Map<string, Result>()
const special = new Map<string, string | undefined>()
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

describe.concurrent('Each document is changed in the browser', () => {
  test.each(documents)('$name', async (document) => {
    const bytes = await document.bytes()
    special.set(document.name, /^(do|xl)/.test(document.extension) ? notOrdinary(document.extension, bytes) : undefined)
    const known = goesOn ? await resultOf(document, bytes) : undefined
    const result = known ?? (await runDocument(desk, document, bytes))
    results.set(document.name, result)
    console.log(`${results.size} of ${documents.length} ${result.outcome.is}: ${document.name} ${result.outcome.why}`)
  })
})

test('LibreOffice reads every document as it was, but for the change, and the page about it is written', async () => {
  const found = documents.map(({ name }) => results.get(name))
  const whole = found.filter((result) => result !== undefined)
  expect(whole).toHaveLength(documents.length)
  const outcomes = await secondOpinions(whole)
  const rows = documents.flatMap((document, index): Row[] => {
    const outcome = outcomes[index]
    return outcome ? [{ document, outcome, special: special.get(document.name) }] : []
  })
  await mkdir(new URL('.', page), { recursive: true })
  if (only === undefined) await writeFile(page, corpusPage(rows))
  const bad = rows.filter(({ outcome }) => outcome.is === 'wrong')
  expect(bad.map(({ document, outcome }) => `${document.name}: ${outcome.why}`)).toEqual([])
})
