import { expect, test } from 'vitest'
import { openPackage } from '../../src/documents/package/package.ts'
import { patchPackage } from '../../src/documents/package/patch-package.ts'
import { features, paragraph, wordDocument } from './documents.ts'
import { openEditor } from './editor.ts'
import { partOf } from './support.ts'

/** A document with a picture alone in a paragraph whose style looks so. */
function withStyle(properties: string): Uint8Array {
  const drawing = features['a picture']?.match(/<w:r><w:drawing>.*<\/w:drawing><\/w:r>/)?.[0] ?? ''
  const picture = paragraph(drawing, '<w:pStyle w:val="Odd"/>')
  const before = wordDocument(picture)
  const style = `<w:style w:type="paragraph" w:styleId="Odd"><w:name w:val="Odd"/><w:rPr>${properties}</w:rPr></w:style></w:styles>`
  const styles = partOf(before, 'word/styles.xml').replace('</w:styles>', style)
  return patchPackage(openPackage(before), new Map([['word/styles.xml', new TextEncoder().encode(styles)]]))
}

test.each([
  ['spaces letters', '<w:spacing w:val="40"/><w:kern w:val="0"/>'],
  ['strikes words out', '<w:strike/>'],
  ['writes in capitals', '<w:caps/>'],
  ['is bold and red', '<w:b/><w:color w:val="FF0000"/>'],
])('what is typed beside a picture looks like its style, also where that %s', async (_, properties) => {
  const before = withStyle(properties)
  const editor = await openEditor(before)
  let picture = 0
  editor.state.doc.descendants((node, at) => {
    if (node.type.name === 'image') picture = at
  })
  editor.edit((transaction) => transaction.insert(picture + 1, editor.state.schema.text('zebra')))
  const after = await editor.save()
  expect(partOf(after)).toContain('zebra')
  expect(await editor.difference(after)).toBeUndefined()
})

test('what is typed in the usual colour may be read again without any', async () => {
  const editor = await openEditor(wordDocument(paragraph('')))
  const usual = editor.state.schema.marks['textColor']?.create()
  editor.edit((transaction) => transaction.insert(1, editor.state.schema.text('zebra', usual ? [usual] : [])))
  expect(await editor.difference(await editor.save())).toBeUndefined()
})
