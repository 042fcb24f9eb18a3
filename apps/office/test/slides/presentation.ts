import { buildPackage } from '../../src/documents/package/build-package.ts'
import { picture } from '../word/documents.ts'

const a = 'http://schemas.openxmlformats.org/drawingml/2006/main'
const p = 'http://schemas.openxmlformats.org/presentationml/2006/main'
const r = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const namespaces = `xmlns:a="${a}" xmlns:p="${p}" xmlns:r="${r}"`

/** What is special about a presentation of one slide. */
export interface SmallPresentation {
  readonly shapes: string
  readonly layout?: string
  readonly master?: string
  /** Styles of the master's texts. */
  readonly styles?: string
  readonly background?: string
  /** Of the slide, by their ids. */
  readonly relationships?: Readonly<Record<string, { readonly target: string; readonly isOutside?: boolean }>>
}

const rels = (all: Readonly<Record<string, { type: string; target: string; isOutside?: boolean }>>) =>
  `<Relationships xmlns="${packaged}/relationships">${Object.entries(all)
    .map(
      ([id, { type, target, isOutside }]) =>
        `<Relationship Id="${id}" Type="${r}/${type}" Target="${target}"${isOutside ? ' TargetMode="External"' : ''}/>`,
    )
    .join('')}</Relationships>`

const tree = (shapes: string, background = '') =>
  `<p:cSld>${background}<p:spTree><p:nvGrpSpPr/><p:grpSpPr/>${shapes}</p:spTree></p:cSld>`

/** A presentation of one slide, on a layout and a master, in a theme whose first accent is a blue. */
export function presentation({
  shapes,
  layout = '',
  master = '',
  styles = '',
  background = '',
  relationships = {},
}: SmallPresentation): Uint8Array {
  const own = Object.entries(relationships).map(([id, one]) => [id, { type: 'image', ...one }] as const)
  return buildPackage({
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>`,
    '_rels/.rels': rels({ r1: { type: 'officeDocument', target: 'ppt/presentation.xml' } }),
    'ppt/presentation.xml': `<p:presentation ${namespaces}><p:sldIdLst><p:sldId id="256" r:id="s1"/></p:sldIdLst><p:sldSz cx="9144000" cy="5143500"/></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': rels({ s1: { type: 'slide', target: 'slides/slide1.xml' } }),
    'ppt/slides/slide1.xml': `<p:sld ${namespaces}>${tree(shapes, background)}</p:sld>`,
    'ppt/slides/_rels/slide1.xml.rels': rels({
      l: { type: 'slideLayout', target: '../slideLayouts/layout1.xml' },
      ...Object.fromEntries(own),
    }),
    'ppt/slideLayouts/layout1.xml': `<p:sldLayout ${namespaces}>${tree(layout)}</p:sldLayout>`,
    'ppt/slideLayouts/_rels/layout1.xml.rels': rels({
      m: { type: 'slideMaster', target: '../slideMasters/master1.xml' },
    }),
    'ppt/slideMasters/master1.xml': `<p:sldMaster ${namespaces}>${tree(master)}<p:clrMap bg1="lt1" tx1="dk1"/><p:txStyles>${styles}</p:txStyles></p:sldMaster>`,
    'ppt/slideMasters/_rels/master1.xml.rels': rels({ t: { type: 'theme', target: '../theme/theme1.xml' } }),
    'ppt/theme/theme1.xml': `<a:theme ${namespaces}><a:themeElements><a:clrScheme><a:dk1><a:srgbClr val="111111"/></a:dk1><a:lt1><a:srgbClr val="FFFFEE"/></a:lt1><a:accent1><a:srgbClr val="0080FF"/></a:accent1></a:clrScheme><a:fontScheme><a:majorFont><a:latin typeface="Calibri"/></a:majorFont><a:minorFont><a:latin typeface="Cambria"/></a:minorFont></a:fontScheme><a:fmtScheme/></a:themeElements></a:theme>`,
    'ppt/media/p.png': new Uint8Array(picture),
  })
}
