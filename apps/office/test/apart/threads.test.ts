import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { documentThreads, type ThreadsOptions } from '../../src/documents/apart/document-threads.ts'
import { writtenOnce } from '../../src/documents/apart/written-once.ts'
import { outlineForm } from '../../src/documents/outline/outline-form.ts'
import { sharedParagraphs } from '../../src/documents/outline/paragraph-texts.ts'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { shareFile } from '../../src/documents/word/file-in-document.ts'
import { wordForm } from '../../src/documents/word/word-form.ts'
import { paragraph, run, wordDocument } from '../word/documents.ts'

// A machine that does much else at once takes its time for a thread.
vi.setConfig({ testTimeout: 120_000 })

function threads(options: Partial<ThreadsOptions> = {}) {
  const made = documentThreads({ atOnce: 1, time: 60_000, memory: 512, ...options })
  onTestFinished(() => made.close())
  return made
}

/** How often the program gets to something else until `work` is done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let [turns, isOver] = [0, false]
  const over = () => {
    isOver = true
  }
  work.then(over, over)
  while (!isOver) {
    await setImmediate()
    turns++
  }
  return turns
}

const long = (text: string) =>
  wordDocument(Array.from({ length: 9_000 }, (_, at) => paragraph(run(`${text} ${at}`))).join(''))
const odt = (paragraphs: number) =>
  buildPackage({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>${'<text:p>one more line of a long report</text:p>'.repeat(paragraphs)}</office:text></office:body></office:document-content>`,
  })

test('while a long Word document is looked through, before and after it was changed, others are served', async () => {
  const opening = wordForm(long('line'))
  expect(await turnsDuring(opening)).toBeGreaterThan(20)
  const form = await opening
  const document = new Y.Doc()
  shareFile(document, long('changed'))
  expect(await turnsDuring(Promise.resolve(form.verify?.(form.bytes(document))))).toBeGreaterThan(20)
})

test('what a page puts in the place of a long Word document is refused as it is for a short one', async () => {
  const form = await wordForm(long('line'))
  await expect(form.verify?.(long('line').subarray(0, -30))).rejects.toThrow('damaged')
  const other = buildPackage({ 'a.xml': `<a>${'<b/>'.repeat(100_000)}</a>` })
  await expect(form.verify?.(other)).rejects.toThrow('main part is missing')
})

test('a long text document is read and written while others are served', async () => {
  const opening = outlineForm(odt(15_000), 'odt')
  expect(await turnsDuring(opening)).toBeGreaterThan(20)
  const form = await opening
  const document = new Y.Doc()
  Y.applyUpdate(document, form.seed('x'))
  expect(Buffer.compare(form.bytes(document), odt(15_000))).toBe(0)
  const [first] = sharedParagraphs(document).values()
  if (first instanceof Y.Text) first.insert(0, 'Truly ')
  const writing = Promise.resolve(form.written?.(document))
  expect(await turnsDuring(writing)).toBeGreaterThan(20)
  expect(form.bytes(document)).toBe(await writing)
})

test('a text of more paragraphs than a page can show ends in a sentence', async () => {
  await expect(outlineForm(odt(30_000), 'odt')).rejects.toThrow('more than 20,000 paragraphs')
})

test('documents wait for their turn, and one that fails leaves the turn to the next', async () => {
  const { ask } = threads()
  const broken = ask('examineWord', { file: Uint8Array.of(1, 2, 3) })
  const sound = ask('examineWord', { file: wordDocument(paragraph(run('sound'))) })
  await expect(broken).rejects.toMatchObject({ fault: 'damaged' })
  expect(await sound).toBeUndefined()
})

test('what takes too long, or too much memory, ends in a sentence, and the next document is read', async () => {
  const { ask } = threads()
  const file = long('line')
  await expect(ask('examineWord', { file }, { time: 1 })).rejects.toThrow('takes too long')
  await expect(ask('examineWord', { file }, { memory: 6 })).rejects.toThrow('too much memory')
  expect(await ask('examineWord', { file })).toBeUndefined()
})

test('what could not be written apart is not tried at once, and is tried apart again', async () => {
  const answers = [Promise.reject(new Error('too slow')), Promise.resolve(Uint8Array.of(7))]
  const never = () => {
    throw new Error('tried at once')
  }
  const writer = writtenOnce({ now: never, apart: () => answers.shift() ?? Promise.reject(new Error('asked again')) })
  const document = new Y.Doc()
  await expect(writer.apart(document)).rejects.toThrow('too slow')
  expect(() => writer.now(document)).toThrow('too slow')
  expect([...(await writer.apart(document))]).toEqual([7])
  expect([...(await writer.apart(document))]).toEqual([7])
  expect([...writer.now(document)]).toEqual([7])
})
