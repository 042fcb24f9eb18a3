import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launch } from '../../apps/office/test/support/browser.ts'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { setUp } from '../../apps/office/test/support/setup.ts'
import { changeDocument, type Desk } from './change-document.ts'
import { allDocuments } from './documents/all-documents.ts'
import { judge } from './judge.ts'
import type { Outcome } from './outcome.ts'
import { secondOpinionOn } from './second-opinion.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000, maxConcurrency: 3 })

/** Some of the corpus that need not be fetched, with what is to come of them. */
const some: Readonly<Record<string, Outcome['is']>> = {
  'made/a complex field.docx': 'kept',
  'made/an embedded object.docx': 'kept',
  'made/a comment.docx': 'kept',
  'made/tracked changes.docx': 'kept',
  'made/everything at once.docx': 'kept',
  'made/macros.docm': 'kept',
  'made/signed.docx': 'read-only',
  'made/shared formulas.xlsx': 'kept',
  'made/conditional formats.xlsx': 'kept',
  'made/a chart.xlsx': 'kept',
  'made/a pivot table.xlsx': 'kept',
  'made/a protected sheet with open cells.xlsx': 'kept',
  'samples/Introduction.pptx': 'kept',
  'samples/Garden club minutes.odt': 'kept',
  'samples/Planets.csv': 'kept',
}

let desk: Desk
const kept = new Map<string, { before: Uint8Array; after: Uint8Array; outcome: Outcome }>()

beforeAll(async () => {
  await buildPages()
  desk = { browser: await launch(), setup: await setUp() }
})
afterAll(async () => {
  await desk.browser.close()
  await desk.setup.close()
})

const documents = allDocuments.filter(({ name }) => name in some)

test.concurrent.each(documents)('a change in $name comes out as it should', async (document) => {
  const before = await document.bytes()
  const saved = await changeDocument(desk, document, before)
  const outcome = judge(document.extension, before, saved)
  expect(outcome).toMatchObject({ is: some[document.name] })
  if (saved.is === 'changed') kept.set(document.name, { before, after: saved.after, outcome })
})

test('LibreOffice reads in them what it read before, but for the change', async () => {
  expect(documents).toHaveLength(Object.keys(some).length)
  const opinions = await secondOpinionOn(kept)
  expect([...opinions].filter(([, { is }]) => is !== 'kept')).toEqual([])
  expect([...opinions].filter(([, { second }]) => second === 'agrees').length).toBeGreaterThan(8)
})
