import { PDFDocument } from '@cantoo/pdf-lib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { append } from '../../src/documents/pdf/appended.ts'
import { pdfForm } from '../../src/documents/pdf/pdf-form.ts'
import { smallPdf } from '../support/small-pdf.ts'
import { applicationForm, encryptedPdf, signed, xfaForm } from './documents.ts'

vi.setConfig({ testTimeout: 60_000 })

/** The form as pdf.js writes it with a name filled in, and, `again`, with a box ticked behind that. */
async function filled(file: Uint8Array, again = false): Promise<Buffer> {
  const pdf = await getDocument({ data: new Uint8Array(file), isEvalSupported: false, verbosity: 0 }).promise
  const fields = await (await pdf.getPage(1)).getAnnotations()
  pdf.annotationStorage.setValue(fields[again ? 1 : 0]?.id, { value: again ? true : 'Ada' })
  const saved = Buffer.from(await pdf.saveDocument())
  await pdf.loadingTask.destroy()
  return saved
}

function shared(at: number, bytes: Uint8Array): Y.Doc {
  const document = new Y.Doc()
  append(document, { at, bytes: new Uint8Array(bytes), words: '' })
  return document
}

const sentence = async (run: () => unknown): Promise<string> => {
  try {
    await run()
  } catch (cause) {
    return cause instanceof Error ? cause.message : ''
  }
  return 'nothing was refused'
}

test.each([false, true])(
  'what is filled in stands behind the bytes that were there (in streams: %s)',
  async (isCompressed) => {
    const file = await applicationForm({ isCompressed })
    const form = await pdfForm(file)
    expect(form.refusal).toBeUndefined()
    const once = await filled(file)
    const twice = await filled(once, true)
    for (const saved of [once, twice]) {
      const bytes = form.bytes(shared(file.length, saved.subarray(file.length)))
      expect(bytes.equals(saved)).toBe(true)
      await form.verify?.(bytes)
    }
    const read = (await PDFDocument.load(twice)).getForm()
    expect([read.getTextField('applicant').getText(), read.getCheckBox('agreed').isChecked()]).toEqual(['Ada', true])
  },
)

test('who goes on after a restart goes on from the bytes that the file had at first', async () => {
  const file = await applicationForm()
  const saved = await filled(file)
  const appended = shared(file.length, saved.subarray(file.length))
  const again = (await pdfForm(saved)).withFormat((await pdfForm(file)).format)
  expect(again.bytes(appended).equals(saved)).toBe(true)
})

test('nothing is taken that is no change of this very file', async () => {
  const file = await applicationForm()
  const form = await pdfForm(file)
  const saved = await filled(file)
  const change = saved.subarray(file.length)
  const other = await applicationForm({ change: (pdf) => pdf.addPage([100, 100]) })
  const cases: Record<string, Y.Doc> = {
    'another file': shared(0, smallPdf(['Another one'])),
    'another file behind this one': shared(file.length, smallPdf(['Another one'])),
    'a change of another file': shared(file.length, (await filled(other)).subarray(other.length)),
    'the first half of a change': shared(file.length, change.subarray(0, change.length / 2)),
    'all but the last bytes': shared(file.length, change.subarray(0, -8)),
    'the change, cut from in front': shared(file.length, change.subarray(100)),
    'the change at another place': shared(file.length - 1, change),
    'no PDF at all': shared(file.length, Buffer.from('\nstartxref\n1\n%%EOF\n')),
    'a circle': shared(file.length, circle(file.length)),
    'a hundred megabytes': shared(file.length, Buffer.concat([Buffer.alloc(100 * 1024 * 1024, 32), change])),
  }
  for (const [name, document] of Object.entries(cases)) {
    expect([name, await sentence(() => form.bytes(document))]).toEqual([
      name,
      expect.stringMatching(/^This cannot be saved: /),
    ])
  }
})

/** Cross-references that go round and round. */
const circle = (at: number): Buffer =>
  Buffer.from(`\nxref\n0 0\ntrailer\n<< /Size 40 /Root 2 0 R /Prev ${at + 1} >>\nstartxref\n${at + 1}\n%%EOF\n`)

test('a change that adds or takes away pages is not sent to the host', async () => {
  const file = await applicationForm()
  const form = await pdfForm(file)
  const more = await filled(await applicationForm({ change: (pdf) => pdf.addPage([100, 100]) }))
  expect(await sentence(() => form.verify?.(more))).toMatch(/would not open as it did before/)
  expect(await sentence(() => form.verify?.(Buffer.from('%PDF-1.7 nothing')))).toMatch(
    /would not open as it did before/,
  )
})

test('a PDF that is not changed says why', async () => {
  const why = async (file: Uint8Array) => (await pdfForm(file)).refusal?.why
  const form = await applicationForm()
  expect(await why(await applicationForm({ change: signed }))).toMatch(/signed/)
  expect(await why(await applicationForm({ change: signed, isCompressed: true }))).toMatch(/signed/)
  expect(await why(await xfaForm())).toMatch(/XFA/)
  expect(await why(encryptedPdf())).toMatch(/password|encrypted/)
  expect(await why(form.subarray(0, form.length - 30))).toMatch(/damaged/)
  expect(await why(Buffer.concat([Buffer.from('junk'), form]))).toMatch(/damaged/)
  expect(await sentence(() => pdfForm(Buffer.from('no PDF')))).toMatch(/damaged/)
  expect(await sentence(() => pdfForm(new Uint8Array()))).toMatch(/damaged/)
})

test('a PDF that takes too long to be looked through is shown, and not changed', async () => {
  const form = await pdfForm(smallPdf(['x']), async () => undefined)
  expect(form.refusal?.why).toMatch(/takes too long/)
})
