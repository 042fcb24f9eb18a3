import { features, paragraph, run, wordDocument } from '../../../../apps/office/test/word/documents.ts'
import type { CorpusDocument } from '../corpus-document.ts'
import { before, editPackage, type PartEdits } from './edit-package.ts'
import { madeDocument } from './made-document.ts'

const lastWords = paragraph(run('And these are the last words.'))
const withFeature = (inside: string) => wordDocument(inside + lastWords)
const plain = () => withFeature(paragraph(run('Some plain words to begin with.')))
const type = (part: string, kind: string) =>
  before('</Types>', `<Override PartName="/${part}" ContentType="application/${kind}"/>`)
const relationship = (kind: string, target: string) =>
  before(
    '</Relationships>',
    `<Relationship Id="rIdMade" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"/>`,
  )
const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const wordTypes = 'vnd.openxmlformats-officedocument.wordprocessingml'

const macros: PartEdits = {
  'word/vbaProject.bin': new TextEncoder().encode('Sub Document_Open()'),
  '[Content_Types].xml': (source) =>
    source
      .replace(`application/${wordTypes}.document.main+xml`, 'application/vnd.ms-word.document.macroEnabled.main+xml')
      .replace(
        '</Types>',
        '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
      ),
  'word/_rels/document.xml.rels': before(
    '</Relationships>',
    '<Relationship Id="rIdMacros" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>',
  ),
}

/** What a whole document has, and not one paragraph of it. */
const others: Readonly<Record<string, () => Uint8Array>> = {
  'endnotes.docx': () =>
    editPackage(
      withFeature(
        paragraph(`${run('A claim to prove')}<w:r><w:endnoteReference w:id="2"/></w:r>${run(' at the end.')}`),
      ),
      {
        'word/endnotes.xml': `<w:endnotes ${w}><w:endnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:endnote><w:endnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote><w:endnote w:id="2"><w:p><w:r><w:endnoteRef/></w:r><w:r><w:t xml:space="preserve"> The proof.</w:t></w:r></w:p></w:endnote></w:endnotes>`,
        '[Content_Types].xml': type('word/endnotes.xml', `${wordTypes}.endnotes+xml`),
        'word/_rels/document.xml.rels': relationship('endnotes', 'endnotes.xml'),
      },
    ),
  'footers.docx': () =>
    editPackage(plain(), {
      'word/document.xml': (source) =>
        source.replace(/(<w:sectPr>)(?!.*<w:sectPr>)/s, '$1<w:footerReference w:type="default" r:id="rIdMade"/>'),
      'word/footer1.xml': `<w:ftr ${w}><w:p><w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>`,
      '[Content_Types].xml': type('word/footer1.xml', `${wordTypes}.footer+xml`),
      'word/_rels/document.xml.rels': relationship('footer', 'footer1.xml'),
    }),
  'data behind the text.docx': () =>
    editPackage(plain(), {
      'customXml/item1.xml': '<letter xmlns="urn:letter"><to>Ann</to></letter>',
      'customXml/itemProps1.xml':
        '<ds:datastoreItem ds:itemID="{5C9E3A3B-6B4B-4B6C-9F7B-0A6B7E3F1C11}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
      'customXml/_rels/item1.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>',
      '[Content_Types].xml': type(
        'customXml/itemProps1.xml',
        'vnd.openxmlformats-officedocument.customXmlProperties+xml',
      ),
      'word/_rels/document.xml.rels': relationship('customXml', '../customXml/item1.xml'),
    }),
  'changes are tracked.docx': () =>
    editPackage(plain(), { 'word/settings.xml': (source) => source.replace('<w:zoom', '<w:trackRevisions/><w:zoom') }),
  'macros.docm': () => editPackage(plain(), macros),
  'everything at once.docx': () => wordDocument(Object.values(features).join('')),
  'signed.docx': () =>
    editPackage(plain(), {
      '_xmlsignatures/origin.sigs': '',
      '_rels/.rels': before(
        '</Relationships>',
        '<Relationship Id="rIdSigned" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>',
      ),
      '[Content_Types].xml': (source) =>
        source.replace(
          /(<Types[^>]*>)/,
          '$1<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>',
        ),
    }),
  'protected from changes.docx': () =>
    editPackage(plain(), {
      'word/settings.xml': (source) =>
        source.replace('<w:zoom', '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:zoom'),
    }),
  'another document taken in.docx': () =>
    editPackage(plain(), {
      'word/document.xml': (source) => source.replace('<w:body>', '<w:body><w:altChunk r:id="rIdMade"/>'),
      'word/letter.html': '<html><body><p>Another document</p></body></html>',
      '[Content_Types].xml': (source) =>
        source.replace(/(<Types[^>]*>)/, '$1<Default Extension="html" ContentType="text/html"/>'),
      'word/_rels/document.xml.rels': relationship('aFChunk', 'letter.html'),
    }),
}

/** Word documents, one for each feature that editors lose, and one with all of them. */
export const madeWord: readonly CorpusDocument[] = [
  ...Object.entries(features).map(([name, inside]) => madeDocument(`${name}.docx`, () => withFeature(inside))),
  ...Object.entries(others).map(([name, make]) => madeDocument(name, make)),
]
