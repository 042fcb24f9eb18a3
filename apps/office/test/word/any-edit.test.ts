import fc from 'fast-check'
import type { Transaction } from 'prosemirror-state'
import { expect, test, vi } from 'vitest'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { DocumentError } from '../../src/documents/package/document-error.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { everything } from './documents.ts'
import { openEditor } from './editor.ts'
import { partOf } from './support.ts'

vi.setConfig({ testTimeout: 240_000 })

type Editor = Awaited<ReturnType<typeof openEditor>>
interface Edit {
  readonly kind: 'type' | 'split' | 'bold' | 'paragraph' | 'delete'
  /** Where, from 0 to 1. */
  readonly at: number
  readonly length: number
}

const editOf = (...kinds: Edit['kind'][]) =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.double({ min: 0, max: 0.9999, noNaN: true }),
    length: fc.integer({ min: 1, max: 60 }),
  })

/** Every place between two letters. */
function places({ state }: Editor): number[] {
  const found: number[] = []
  state.doc.descendants((node, at) => {
    for (let index = 1; index < (node.text?.length ?? 0); index++) found.push(at + index)
  })
  return found
}

function perform(editor: Editor, { kind, at, length }: Edit): void {
  const all = places(editor)
  const place = all[Math.floor(at * all.length)] ?? 1
  const { schema, doc } = editor.state
  const bold = schema.marks['bold']
  const kinds: Record<Edit['kind'], (transaction: Transaction) => Transaction> = {
    type: (transaction) => transaction.insertText('typed & new', place),
    split: (transaction) => transaction.split(place),
    bold: (transaction) => (bold ? transaction.addMark(place - 1, place, bold.create()) : transaction),
    paragraph(transaction) {
      const { parent } = doc.resolve(place)
      const made = parent.type.create({ ...parent.attrs, paraId: null }, schema.text('a new paragraph'))
      return transaction.insert(doc.resolve(place).after(), made)
    },
    delete: (transaction) => transaction.deleteRange(place, Math.min(place + length, doc.content.size - 1)),
  }
  editor.edit(kinds[kind])
}

/** What the editor does not understand, or not all of. */
const hidden = (bytes: Uint8Array): string[] =>
  (
    partOf(bytes).match(
      /<(w:(fldChar|instrText|fldSimple|bookmark\w+|sym|object|\w+Reference|comment\w+|drawing|sectPr|sdtPr|smartTag|customXml|ins|del|hyperlink)|m:oMath|c:chart|o:OLEObject|w14:\w+)\b[^>]*>/g,
    ) ?? []
  ).sort()

const before = everything()

test('Whatever is typed, split, or made bold: it is in the file as it is seen, and nothing unseen is lost.', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(editOf('type', 'split', 'bold', 'paragraph'), { minLength: 1, maxLength: 4 }),
      async (edits) => {
        const editor = await openEditor(before)
        for (const edit of edits) perform(editor, edit)
        const after = await editor.save()
        expect(await editor.difference(after)).toBeUndefined()
        expect(hidden(after)).toEqual(expect.arrayContaining(hidden(before)))
        const changed = comparePackages(openPackage(before), openPackage(after)).map(({ name }) => name)
        expect(changed).toEqual(['word/document.xml'])
      },
    ),
    { numRuns: 15 },
  )
})

test('Whatever is deleted: it is gone from the file as it is seen, or nothing is saved and a sentence says why.', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(editOf('delete', 'type'), { minLength: 1, maxLength: 3 }), async (edits) => {
      const editor = await openEditor(before)
      for (const edit of edits) perform(editor, edit)
      const after = await editor.save().catch((cause) => {
        expect(cause).toBeInstanceOf(DocumentError)
        return undefined
      })
      if (!after) return
      const others = openPackage(before).names.filter((name) => name !== 'word/document.xml')
      for (const name of others) expect(openPackage(after).read(name)).toEqual(openPackage(before).read(name))
      // What cannot be shown again as it is seen here, the page refuses to save.
      if ((await editor.difference(after)) === undefined) expect((await openEditor(after)).state.doc).toBeDefined()
    }),
    { numRuns: 12 },
  )
})

test('A document in which nothing is changed is the same, byte for byte.', async () => {
  const editor = await openEditor(before)
  expect(Buffer.compare(await editor.save(), before)).toBe(0)
})
