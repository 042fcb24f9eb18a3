import { buildPackage } from '../../src/documents/package/build-package.ts'

const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const declarations = [
  `xmlns:w="${w}"`,
  `xmlns:r="${office}"`,
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:o="urn:schemas-microsoft-com:office:office"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'mc:Ignorable="w14"',
].join(' ')

const xml = (inside: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${inside}`
const type = (part: string, kind: string) =>
  `<Override PartName="/word/${part}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`
const rel = (id: string, kind: string, target: string, isOutside = false) =>
  `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"${isOutside ? ' TargetMode="External"' : ''}/>`
const rels = (...all: string[]) =>
  xml(
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`,
  )

/** A run of text. */
export const run = (text: string, properties = '') =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
/** A paragraph of runs. */
export const paragraph = (inside: string, properties = '') =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${inside}</w:p>`

/** The smallest picture there is. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const drawing = (inside: string) =>
  `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="914400" cy="914400"/><wp:docPr id="7" name="Thing"/><a:graphic>${inside}</a:graphic></wp:inline></w:drawing></w:r>`
const field = (code: string, result: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
const cell = (inside: string, properties = '') =>
  `<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>${properties}</w:tcPr>${inside}</w:tc>`
const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`
const table = (...rows: string[]) =>
  `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>${rows.join('')}</w:tbl>`

/** One paragraph, or what else stands in a body, for each thing that Word documents have and editors lose. */
export const features: Readonly<Record<string, string>> = {
  'plain text': paragraph(run('Some plain words to begin with.')),
  'formatted runs': paragraph(
    run('Some ') +
      run('bold', '<w:b/><w:bCs/>') +
      run(' and ') +
      run('spaced out', '<w:spacing w:val="40"/><w:kern w:val="24"/><w14:ligatures w14:val="standard"/>') +
      run(' words.'),
    '<w:keepNext/><w:spacing w:before="120" w:after="240"/><w:jc w:val="both"/>',
  ),
  'a complex field': paragraph(run('See page ') + field('PAGEREF _Ref1 \\h', '12') + run(' for more of this.')),
  'a simple field': paragraph(
    `${run('Written by ')}<w:fldSimple w:instr=" AUTHOR ">${run('Ann')}</w:fldSimple>${run(' long ago.')}`,
  ),
  'a table of contents': `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${paragraph(
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' +
      run('First chapter'),
  )}${paragraph(`${run('Second chapter')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`)}</w:sdtContent></w:sdt>`,
  'an embedded object': paragraph(
    `${run('An object ')}<w:r><w:object w:dxaOrig="100" w:dyaOrig="100"><v:shape id="s1" style="width:50pt;height:50pt"><v:imagedata r:id="rIdPicture"/></v:shape><o:OLEObject Type="Embed" ProgID="Package" ShapeID="s1" DrawAspect="Content" ObjectID="_1" r:id="rIdObject"/></w:object></w:r>${run(' in the middle.')}`,
  ),
  'a symbol': paragraph(`${run('A symbol ')}<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>${run(' of joy.')}`),
  'custom XML': paragraph(
    `${run('My name is ')}<w:customXml w:uri="urn:x" w:element="name">${run('Ann Berg')}</w:customXml>${run(' and so on.')}`,
  ),
  'a smart tag': paragraph(
    `${run('I live in ')}<w:smartTag w:uri="urn:x" w:element="place">${run('Bergen')}</w:smartTag>${run(' in Norway.')}`,
  ),
  'a content control': paragraph(
    `${run('Dear ')}<w:sdt><w:sdtPr><w:alias w:val="Name"/><w:tag w:val="name"/><w:text/></w:sdtPr><w:sdtContent>${run('reader')}</w:sdtContent></w:sdt>${run(', hello.')}`,
  ),
  'a link': paragraph(
    `${run('Look at ')}<w:hyperlink r:id="rIdLink" w:history="1">${run('this page', '<w:u w:val="single"/>')}</w:hyperlink>${run(' if you like.')}`,
  ),
  'a comment': paragraph(
    `${run('This is ')}<w:commentRangeStart w:id="1"/>${run('worth a comment')}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>${run(' or two.')}`,
  ),
  'tracked changes': paragraph(
    `${run('It was ')}<w:del w:id="91" w:author="Bob" w:date="2026-01-01T00:00:00Z"><w:r><w:delText xml:space="preserve">very </w:delText></w:r></w:del><w:ins w:id="92" w:author="Bob" w:date="2026-01-01T00:00:00Z">${run('rather ')}</w:ins>${run('nice of them.')}`,
  ),
  'a bookmark over paragraphs': `${paragraph(`${run('It begins ')}<w:bookmarkStart w:id="5" w:name="_Ref1"/>${run('somewhere in here')}`)}${paragraph(`${run('and it ends ')}<w:bookmarkEnd w:id="5"/>${run('over there.')}`)}`,
  'a footnote': paragraph(
    `${run('A claim')}<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>${run(' with its proof.')}`,
  ),
  'a picture': paragraph(
    `${run('A picture ')}${drawing('<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>')}${run(' of nothing.')}`,
  ),
  'a chart': paragraph(
    `${run('A chart ')}${drawing('<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rIdChart"/></a:graphicData>')}${run(' of something.')}`,
  ),
  'a formula': paragraph(`${run('We know that ')}<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>${run(' since then.')}`),
  'a text box': paragraph(
    `${run('A box ')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="914400" cy="914400"/><wp:wrapNone/><wp:docPr id="9" name="Box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>${paragraph(run('Words in a box'))}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>${run(' beside its words.')}`,
  ),
  'tabs and breaks': paragraph(`${run('One')}<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>${run(' four.')}`),
  'a table': table(
    row(cell(paragraph(run('Name'))), cell(paragraph(run('Town')))),
    row(
      cell(paragraph(run('Ann of the table')), '<w:vMerge w:val="restart"/>'),
      cell(paragraph(run('Bergen')) + paragraph(run('and Oslo'))),
    ),
    row(
      cell(paragraph(''), '<w:vMerge/>'),
      cell(table(row(cell(paragraph(run('inner one'))), cell(paragraph(run('inner two'))))) + paragraph('')),
    ),
  ),
  'a numbered list': `${paragraph(run('First of the list'), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')}${paragraph(run('Second of the list'), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')}`,
  'a section': paragraph(
    run('End of a section'),
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr>',
  ),
  'an empty paragraph': paragraph(''),
  'a last word': paragraph(run('And these are the last words.')),
}

/** A Word document with this body. */
export const wordDocument = (body: string): Uint8Array =>
  buildPackage({
    '[Content_Types].xml': xml(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>${type('document.xml', 'document.main')}${type('styles.xml', 'styles')}${type('numbering.xml', 'numbering')}${type('settings.xml', 'settings')}${type('comments.xml', 'comments')}${type('footnotes.xml', 'footnotes')}${type('header1.xml', 'header')}</Types>`,
    ),
    '_rels/.rels': rels(rel('rId1', 'officeDocument', 'word/document.xml')),
    'word/document.xml': xml(
      `<w:document ${declarations}><w:body>${body}<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    ),
    'word/_rels/document.xml.rels': rels(
      rel('rIdStyles', 'styles', 'styles.xml'),
      rel('rIdNumbering', 'numbering', 'numbering.xml'),
      rel('rIdSettings', 'settings', 'settings.xml'),
      rel('rIdComments', 'comments', 'comments.xml'),
      rel('rIdFootnotes', 'footnotes', 'footnotes.xml'),
      rel('rIdHeader', 'header', 'header1.xml'),
      rel('rIdPicture', 'image', 'media/image1.png'),
      rel('rIdObject', 'oleObject', 'embeddings/oleObject1.bin'),
      rel('rIdChart', 'chart', 'charts/chart1.xml'),
      rel('rIdLink', 'hyperlink', 'https://example.org/?a=1&amp;b=2', true),
    ),
    'word/styles.xml': xml(
      `<w:styles xmlns:w="${w}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style></w:styles>`,
    ),
    'word/numbering.xml': xml(
      `<w:numbering xmlns:w="${w}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    ),
    'word/settings.xml': xml(`<w:settings xmlns:w="${w}"><w:zoom w:percent="100"/></w:settings>`),
    'word/comments.xml': xml(
      `<w:comments xmlns:w="${w}"><w:comment w:id="1" w:author="Bob" w:date="2026-01-01T00:00:00Z" w:initials="B">${paragraph(run('Is it?'))}</w:comment></w:comments>`,
    ),
    'word/footnotes.xml': xml(
      `<w:footnotes xmlns:w="${w}"><w:footnote w:type="separator" w:id="0">${paragraph('<w:r><w:separator/></w:r>')}</w:footnote><w:footnote w:type="continuationSeparator" w:id="1">${paragraph('<w:r><w:continuationSeparator/></w:r>')}</w:footnote><w:footnote w:id="2">${paragraph(`<w:r><w:footnoteRef/></w:r>${run(' The proof of it.')}`)}</w:footnote></w:footnotes>`,
    ),
    'word/header1.xml': xml(
      `<w:hdr xmlns:w="${w}" xmlns:r="${office}">${paragraph(run('Header of the letter, page ') + field('PAGE', '1'))}</w:hdr>`,
    ),
    'word/media/image1.png': picture,
    'word/embeddings/oleObject1.bin': Buffer.from('an object'),
    'word/charts/chart1.xml': xml(
      '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea/></c:chart></c:chartSpace>',
    ),
  })

/** A document with every feature. */
export const everything = (): Uint8Array => wordDocument(Object.values(features).join(''))
