import { expect, test } from 'vitest'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage, type Package } from '../../src/documents/package/package.ts'
import { patchPackage } from '../../src/documents/package/patch-package.ts'
import { relationshipsOf } from '../../src/documents/package/relationships.ts'
import { mergeWord } from '../../src/documents/word/merge-word.ts'
import { openWord } from '../../src/documents/word/word-package.ts'
import { everything, picture } from './documents.ts'
import { partOf } from './support.ts'

type Change = (source: string) => string

/** What an editor would write that keeps everything, and was used to change these parts. */
function edited(
  before: Package,
  texts: Readonly<Record<string, Change>>,
  more: Readonly<Record<string, Uint8Array>> = {},
): Package {
  const encoder = new TextEncoder()
  const changed = Object.entries(texts).map(
    ([name, change]) => [name, encoder.encode(change(partOf(before.bytes, name)))] as const,
  )
  return openPackage(patchPackage(before, new Map([...changed, ...Object.entries(more)])))
}

function merged(texts: Readonly<Record<string, Change>>, more?: Readonly<Record<string, Uint8Array>>): Package {
  const word = openWord(everything())
  return openPackage(mergeWord(word, { before: word.shown, after: edited(word.shown, texts, more) }))
}

const differences = (after: Package) => comparePackages(openPackage(everything()), after)
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const withRelationship =
  (kind: string, target: string, mode = ''): Change =>
  (source) =>
    source.replace(
      '</Relationships>',
      `<Relationship Id="new1" Type="${office}/${kind}" Target="${target}"${mode}/></Relationships>`,
    )
const insteadOf =
  (text: string, instead: string): Change =>
  (source) =>
    source.replace(text, instead)
const plain = '<w:r><w:t xml:space="preserve">Some plain words to begin with.</w:t></w:r>'

test('A comment that is added comes with its mark, and those that are there stay as they are.', () => {
  const comment = '<w:comment w:id="7" w:author="Ann"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>'
  const after = merged({
    'word/document.xml': insteadOf(
      plain,
      `<w:commentRangeStart w:id="7"/>${plain}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>`,
    ),
    'word/comments.xml': insteadOf('</w:comments>', `${comment}</w:comments>`),
  })
  expect(differences(after).map(({ name }) => name)).toEqual(['word/document.xml', 'word/comments.xml'])
  expect(partOf(after.bytes, 'word/comments.xml')).toBe(
    partOf(everything(), 'word/comments.xml').replace('</w:comments>', `${comment}</w:comments>`),
  )
  expect(partOf(after.bytes)).toContain('<w:commentRangeStart w:id="7"/>')
  expect(partOf(after.bytes)).toContain('<w:commentReference w:id="7"/>')
})

test('A comment is removed together with its marks, and stays for as long as they do.', () => {
  const without = { 'word/comments.xml': (source: string) => source.replace(/<w:comment .*?<\/w:comment>/, '') }
  const marks = /<w:commentRange\w+ [^>]*>|<w:r><w:commentReference [^>]*><\/w:r>/g
  const typed = insteadOf('plain words', 'plainer words')
  const kept = merged({ ...without, 'word/document.xml': typed })
  expect(differences(kept).map(({ name }) => name)).toEqual(['word/document.xml'])
  const gone = merged({ ...without, 'word/document.xml': (source) => source.replace(marks, '') })
  expect(partOf(gone.bytes)).not.toContain('commentReference')
  expect(partOf(gone.bytes, 'word/comments.xml')).not.toContain('<w:comment ')
})

test('A picture that is put in brings its bytes along under a name that is free.', () => {
  const drawing =
    '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="3" name="x"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="new1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
  const other = Uint8Array.from([...picture, 0])
  const after = merged(
    {
      'word/document.xml': insteadOf(plain, plain + drawing),
      'word/_rels/document.xml.rels': withRelationship('image', 'media/image1.png'),
    },
    { 'word/media/image1.png': other },
  )
  const source = partOf(after.bytes)
  const id = /wp:docPr id="3".*?r:embed="([^"]+)"/.exec(source)?.[1]
  const part = relationshipsOf(after, 'word/document.xml').find((one) => one.id === id)?.part ?? ''
  expect(Buffer.compare(after.read(part), other)).toBe(0)
  expect(Buffer.compare(after.read('word/media/image1.png'), picture)).toBe(0)
})

test('A link that is put in leads where it should.', () => {
  const after = merged({
    'word/document.xml': insteadOf(plain, `<w:hyperlink r:id="new1">${plain}</w:hyperlink>`),
    'word/_rels/document.xml.rels': withRelationship('hyperlink', 'https://example.org/new', ' TargetMode="External"'),
  })
  const id = /<w:hyperlink r:id="([^"]+)"[^>]*>\s*<w:r><w:t xml:space="preserve">Some plain/.exec(
    partOf(after.bytes),
  )?.[1]
  const found = relationshipsOf(after, 'word/document.xml').find((one) => one.id === id)
  expect(found?.target).toBe('https://example.org/new')
  expect(differences(after).map(({ name }) => name)).toEqual(['word/document.xml', 'word/_rels/document.xml.rels'])
})

test('Words typed into a header or a footnote are saved there, and nowhere else.', () => {
  const after = merged({
    'word/header1.xml': insteadOf('Header of', 'Zebra of'),
    'word/footnotes.xml': insteadOf('The proof', 'The zebra'),
  })
  expect(
    differences(after)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['word/footnotes.xml', 'word/header1.xml'])
  expect(partOf(after.bytes, 'word/header1.xml')).toBe(
    partOf(everything(), 'word/header1.xml').replace('Header of', 'Zebra of'),
  )
  expect(partOf(after.bytes, 'word/footnotes.xml')).toBe(
    partOf(everything(), 'word/footnotes.xml').replace('The proof', 'The zebra'),
  )
})

test('A change to a part that is not understood is not saved.', () => {
  expect(() => merged({ 'word/charts/chart1.xml': insteadOf('<c:plotArea/>', '') })).toThrow(/chart1.xml/)
})
