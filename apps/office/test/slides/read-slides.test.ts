import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openOutline } from '../../src/documents/outline/outline-document.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { openSlides } from '../../src/documents/slides/open-slides.ts'
import type { Shape, Slide } from '../../src/documents/slides/slide.ts'
import { presentation } from './presentation.ts'

const sample = readFileSync(join(import.meta.dirname, '../../../../samples/Introduction.pptx'))

function slideOf(bytes: Uint8Array, number = 0): Slide {
  const { outline, section } = openOutline(bytes, 'pptx')
  const id = outline.sections[number]?.id ?? ''
  return openSlides(openPackage(bytes)).slide(id, section(id, new Map()).source)
}

const textsOf = ({ shapes }: Slide) =>
  shapes.flatMap(({ text }) => (text?.paragraphs ?? []).map(({ runs }) => runs.map((run) => run.text).join('')))
const only = (shapes: string, rest = {}): Shape | undefined => slideOf(presentation({ shapes, ...rest })).shapes[0]
const box = '<a:xfrm><a:off x="952500" y="0"/><a:ext cx="1905000" cy="952500"/></a:xfrm>'
const shape = (properties: string, text = '') =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>${box}${properties}</p:spPr>${text}</p:sp>`

test('a real presentation is read with its size, and the texts of its slides', () => {
  const { width, height } = openSlides(openPackage(sample))
  expect(width / height).toBeCloseTo(16 / 9, 1)
  const { outline } = openOutline(sample, 'pptx')
  for (const [index, { paragraphs }] of outline.sections.entries()) {
    expect(textsOf(slideOf(sample, index)).sort()).toEqual(paragraphs.map(({ text }) => text).sort())
  }
})

test('a slide is read with what is typed into it, and says which paragraph is where', () => {
  const { outline, section, pkg } = openOutline(sample, 'pptx')
  const [first] = outline.sections
  const [title] = first?.paragraphs ?? []
  const { source, paragraphs } = section(first?.id ?? '', new Map([[title?.id ?? '', 'Longer & other']]))
  const { shapes } = openSlides(pkg).slide(first?.id ?? '', source)
  const found = shapes
    .flatMap(({ text }) => text?.paragraphs ?? [])
    .find(({ start }) => paragraphs.get(start) === title?.id)
  expect(found?.runs.map(({ text }) => text).join('')).toBe('Longer & other')
})

test('a shape has a place, an outline, a fill in a colour of the theme, and a line', () => {
  const fill = '<a:solidFill><a:schemeClr val="accent1"><a:lumMod val="50000"/></a:schemeClr></a:solidFill>'
  const line =
    '<a:ln w="19050"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill><a:prstDash val="dash"/><a:tailEnd type="triangle"/></a:ln>'
  const adjusted = '<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 50000"/></a:avLst></a:prstGeom>'
  expect(only(shape(adjusted + fill + line))).toMatchObject({
    box: { x: 100, y: 0, width: 200, height: 100, rotation: 0 },
    outline: { is: 'known', name: 'roundRect', adjusted: new Map([['adj', 0.5]]) },
    fill: { is: 'color', color: 'rgb(0 64 128)' },
    line: { color: 'rgb(255 0 0)', width: 2, dashes: [4, 3], endsWith: 'triangle' },
  })
})

test('what a placeholder does not say, its layout and the master say for it', () => {
  const text = '<p:txBody><a:bodyPr/><a:p><a:pPr lvl="1"/><a:r><a:rPr i="1"/><a:t>x</a:t></a:r></a:p></p:txBody>'
  const placeholder = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr/><p:nvPr><p:ph type="body" idx="7"/></p:nvPr></p:nvSpPr><p:spPr/>${text}</p:sp>`
  const found = only(placeholder, {
    layout: `<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr/><p:nvPr><p:ph type="body" idx="7"/></p:nvPr></p:nvSpPr><p:spPr>${box}</p:spPr><p:txBody><a:bodyPr anchor="ctr"/><a:lstStyle><a:lvl2pPr algn="r"/></a:lstStyle><a:p/></p:txBody></p:sp>`,
    styles:
      '<p:bodyStyle><a:lvl2pPr marL="95250"><a:buChar char="–"/><a:defRPr sz="2400" b="1"/></a:lvl2pPr></p:bodyStyle>',
  })
  expect(found?.box).toMatchObject({ x: 100, width: 200 })
  expect(found?.text).toMatchObject({ anchor: 'middle' })
  expect(found?.text?.paragraphs[0]).toMatchObject({
    style: { level: 1, align: 'right', marginLeft: 10, bullet: { sign: { character: '–' } } },
    runs: [{ text: 'x', style: { size: 32, isBold: true, isItalic: true } }],
  })
})

test('a picture outside of the document is not looked for; one within is shown without what is cut off', () => {
  const picture = (id: string) =>
    `<p:pic><p:nvPicPr><p:cNvPr id="3" name="p" descr="A lighthouse"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="${id}"/><a:srcRect l="25000"/></p:blipFill><p:spPr>${box}</p:spPr></p:pic>`
  const relationships = {
    inside: { target: '../media/p.png' },
    outside: { target: 'http://198.51.100.1/x.png', isOutside: true },
  }
  expect(only(picture('inside'), { relationships })).toMatchObject({
    picture: { part: 'ppt/media/p.png', crop: { left: 0.25, top: 0 } },
    description: 'A lighthouse',
  })
  expect(only(picture('outside'), { relationships })).toMatchObject({ isUnknown: true })
})

test('groups, tables and what is not drawn are told apart', () => {
  const group = `<p:grpSp><p:nvGrpSpPr/><p:grpSpPr><a:xfrm rot="5400000"><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/><a:chOff x="9525" y="0"/><a:chExt cx="95250" cy="95250"/></a:xfrm></p:grpSpPr>${shape('')}</p:grpSp>`
  expect(only(group)).toMatchObject({
    box: { rotation: 90, width: 1 },
    group: { space: { x: 1, width: 10 }, shapes: [{ box: { x: 100 } }] },
  })
  const frame = (inside: string) =>
    `<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></p:xfrm><a:graphic><a:graphicData>${inside}</a:graphicData></a:graphic></p:graphicFrame>`
  const cell = (text: string, attributes = '') =>
    `<a:tc ${attributes}><a:txBody><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc>`
  const table = `<a:tbl><a:tblPr/><a:tblGrid><a:gridCol w="9525"/><a:gridCol w="19050"/></a:tblGrid><a:tr h="9525">${cell('wide', 'gridSpan="2"')}${cell('', 'hMerge="1"')}</a:tr><a:tr h="9525">${cell('a')}${cell('b')}</a:tr></a:tbl>`
  const found = only(frame(table))?.table
  expect(found?.columns).toEqual([1, 2])
  expect(
    found?.rows.map(({ cells }) => cells.map(({ across, text }) => [across, text.paragraphs[0]?.runs[0]?.text])),
  ).toEqual([
    [[2, 'wide']],
    [
      [1, 'a'],
      [1, 'b'],
    ],
  ])
  expect(only(frame('<c:chart xmlns:c="c"/>'))).toMatchObject({ isUnknown: true })
})

test('the shapes of the master and the layout lie below, but not those that slides fill', () => {
  const filled = shape('<a:solidFill><a:srgbClr val="00FF00"/></a:solidFill>')
  const prompt = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr/><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr>${box}</p:spPr></p:sp>`
  const { ground, shapes, background } = slideOf(
    presentation({
      shapes: '',
      layout: prompt + filled,
      master: prompt + filled,
      background: '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></p:bgPr></p:bg>',
    }),
  )
  expect([ground.length, shapes.length]).toEqual([2, 0])
  expect(background).toEqual({ is: 'color', color: 'rgb(255 255 238)' })
})

test('groups that lie in one another without an end are not followed to it', () => {
  const open =
    '<p:grpSp><p:nvGrpSpPr/><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></a:xfrm></p:grpSpPr>'
  const deep = open.repeat(100) + '</p:grpSp>'.repeat(100)
  expect(() => slideOf(presentation({ shapes: deep }))).not.toThrow()
})
