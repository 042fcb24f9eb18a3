import { buildPackage } from '../package/build-package.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/presentationml/2006/main'
const drawing = 'http://schemas.openxmlformats.org/drawingml/2006/main'
const links = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const namespaces = `xmlns:p="${main}" xmlns:a="${drawing}" xmlns:r="${links}"`
const contentType = 'application/vnd.openxmlformats-officedocument'

const relationships = (targets: Readonly<Record<string, string>>): string =>
  `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${Object.entries(
    targets,
  )
    .map(([target, type], index) => `<Relationship Id="rId${index + 1}" Type="${links}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

const contentTypes = (parts: Readonly<Record<string, string>>): string =>
  `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${Object.entries(
    parts,
  )
    .map(([name, type]) => `<Override PartName="/${name}" ContentType="${contentType}.${type}+xml"/>`)
    .join('')}</Types>`

interface Box {
  readonly id: number
  readonly type: 'ctrTitle' | 'subTitle'
  readonly name: string
  /** Offset and size, in English Metric Units. */
  readonly place?: readonly [number, number, number, number]
}

const boxes: readonly Required<Box>[] = [
  { id: 2, type: 'ctrTitle', name: 'Title', place: [1524000, 1122363, 9144000, 2387600] },
  { id: 3, type: 'subTitle', name: 'Subtitle', place: [1524000, 3602038, 9144000, 1655762] },
]

const shape = ({ id, type, name, place }: Box): string => {
  const [x, y, width, height] = place ?? []
  const frame = place
    ? `<a:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="${width}" cy="${height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>`
    : ''
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${name}"/><p:cNvSpPr/><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:spPr>${frame}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>`
}

const tree = (shapes: string): string =>
  `<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${shapes}</p:spTree></p:cSld>`

const fill = (color: string): string => `<a:solidFill><a:srgbClr val="${color}"/></a:solidFill>`
const colors = ['000000', 'FFFFFF', '1F2A44', 'EEF1F6', '2B62C4', 'B3452F', '2C7D4F', '8A4FBF', 'A8661A', '1B7B8C']
const colorNames = ['dk1', 'lt1', 'dk2', 'lt2', 'accent1', 'accent2', 'accent3', 'accent4', 'accent5', 'accent6']
const scheme = [...colorNames.map((name, at) => [name, colors[at] ?? '']), ['hlink', '2B62C4'], ['folHlink', '5A5E67']]
  .map(([name, color]) => `<a:${name}><a:srgbClr val="${color}"/></a:${name}>`)
  .join('')
const font = '<a:latin typeface="Carlito"/><a:ea typeface=""/><a:cs typeface=""/>'
const line = `<a:ln w="9525">${fill('808080')}</a:ln>`
const effect = '<a:effectStyle><a:effectLst/></a:effectStyle>'
const three = (one: string): string => one.repeat(3)

const theme = `${declaration}<a:theme xmlns:a="${drawing}" name="Plain"><a:themeElements><a:clrScheme name="Plain">${scheme}</a:clrScheme><a:fontScheme name="Plain"><a:majorFont>${font}</a:majorFont><a:minorFont>${font}</a:minorFont></a:fontScheme><a:fmtScheme name="Plain"><a:fillStyleLst>${three(fill('FFFFFF'))}</a:fillStyleLst><a:lnStyleLst>${three(line)}</a:lnStyleLst><a:effectStyleLst>${three(effect)}</a:effectStyleLst><a:bgFillStyleLst>${three(fill('FFFFFF'))}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`

const colorMap =
  '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'

/** A presentation with one slide, for a title and what stands below it. */
export const blankPresentation = (): Uint8Array =>
  buildPackage({
    '[Content_Types].xml': contentTypes({
      'ppt/presentation.xml': 'presentationml.presentation.main',
      'ppt/slideMasters/slideMaster1.xml': 'presentationml.slideMaster',
      'ppt/slideLayouts/slideLayout1.xml': 'presentationml.slideLayout',
      'ppt/slides/slide1.xml': 'presentationml.slide',
      'ppt/theme/theme1.xml': 'theme',
    }),
    '_rels/.rels': relationships({ 'ppt/presentation.xml': 'officeDocument' }),
    'ppt/presentation.xml': `${declaration}<p:presentation ${namespaces}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst><p:sldId id="256" r:id="rId2"/></p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships({
      'slideMasters/slideMaster1.xml': 'slideMaster',
      'slides/slide1.xml': 'slide',
      'theme/theme1.xml': 'theme',
    }),
    'ppt/slideMasters/slideMaster1.xml': `${declaration}<p:sldMaster ${namespaces}>${tree('')}${colorMap}<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>`,
    'ppt/slideMasters/_rels/slideMaster1.xml.rels': relationships({
      '../slideLayouts/slideLayout1.xml': 'slideLayout',
      '../theme/theme1.xml': 'theme',
    }),
    'ppt/slideLayouts/slideLayout1.xml': `${declaration}<p:sldLayout ${namespaces} type="title">${tree(boxes.map(shape).join(''))}</p:sldLayout>`,
    'ppt/slideLayouts/_rels/slideLayout1.xml.rels': relationships({
      '../slideMasters/slideMaster1.xml': 'slideMaster',
    }),
    'ppt/slides/slide1.xml': `${declaration}<p:sld ${namespaces}>${tree(boxes.map(({ place: _, ...box }) => shape(box)).join(''))}</p:sld>`,
    'ppt/slides/_rels/slide1.xml.rels': relationships({ '../slideLayouts/slideLayout1.xml': 'slideLayout' }),
    'ppt/theme/theme1.xml': theme,
  })

const openDocument = 'urn:oasis:names:tc:opendocument:xmlns'
const textType = 'application/vnd.oasis.opendocument.text'
const manifestEntry = (path: string, type: string): string =>
  `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`

/** An OpenDocument text with a heading and a paragraph, both empty. */
export const blankText = (): Uint8Array =>
  buildPackage({
    mimetype: textType,
    'content.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content xmlns:office="${openDocument}:office:1.0" xmlns:text="${openDocument}:text:1.0" office:version="1.3"><office:body><office:text><text:h text:outline-level="1"/><text:p/></office:text></office:body></office:document-content>`,
    'META-INF/manifest.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="${openDocument}:manifest:1.0" manifest:version="1.3">${manifestEntry('/', textType)}${manifestEntry('content.xml', 'text/xml')}</manifest:manifest>`,
  })
